/** Tests of the store, on real servers. */
@NullMarked
package io.breakwater.adapter.postgres.store;

import org.jspecify.annotations.NullMarked;
