/** Connections to a guarded database, and what is the same in all of them. */
@NullMarked
package io.breakwater.adapter.postgres.session;

import org.jspecify.annotations.NullMarked;
