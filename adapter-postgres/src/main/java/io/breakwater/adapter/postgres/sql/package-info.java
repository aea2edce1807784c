/**
 * What a text in SQL is before it reaches a server: its tokens as PostgreSQL cuts them, that it is exactly one
 * statement and of which kind, and which names in it could run something.
 */
@NullMarked
package io.breakwater.adapter.postgres.sql;

import org.jspecify.annotations.NullMarked;
