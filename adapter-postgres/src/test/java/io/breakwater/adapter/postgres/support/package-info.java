/** Tests of what connects to PostgreSQL. */
@NullMarked
package io.breakwater.adapter.postgres.support;

import org.jspecify.annotations.NullMarked;
