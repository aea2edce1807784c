/** Our own store: users and documents in a schema of our own, under a role of our own, migrated by ourselves. */
@NullMarked
package io.breakwater.adapter.postgres.store;

import org.jspecify.annotations.NullMarked;
