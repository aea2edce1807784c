/**
 * The PostgreSQL adapter: the operator's database behind the SQL checks, and the store with our own tables. They use
 * two data sources and two roles.
 */
@NullMarked
package io.breakwater.adapter.postgres;

import org.jspecify.annotations.NullMarked;
