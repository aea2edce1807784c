/** Pooled connections, each used by one call at a time, and their common settings. */
@NullMarked
package io.breakwater.adapter.postgres.connection;

import org.jspecify.annotations.NullMarked;
