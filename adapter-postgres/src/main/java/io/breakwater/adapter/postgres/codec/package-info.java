/** Converts values between PostgreSQL's text form and JSON. */
@NullMarked
package io.breakwater.adapter.postgres.codec;

import org.jspecify.annotations.NullMarked;
