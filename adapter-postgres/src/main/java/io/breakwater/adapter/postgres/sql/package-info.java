/**
 * Analyzes SQL before it reaches a server: splits it into PostgreSQL's tokens, checks that it is exactly one statement,
 * and finds its kind and the names in it that could run code.
 */
@NullMarked
package io.breakwater.adapter.postgres.sql;

import org.jspecify.annotations.NullMarked;
