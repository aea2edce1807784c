/** Tests of what connects to PostgreSQL. */
@NullMarked
package io.breakwater.adapter.postgres;

import org.jspecify.annotations.NullMarked;
