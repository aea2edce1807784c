/** Real PostgreSQL servers for tests. */
@NullMarked
package io.breakwater.sample.postgres;

import org.jspecify.annotations.NullMarked;
