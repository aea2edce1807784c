/**
 * PostgreSQL: the operator's database behind a guard, and the store with tables of our own. Two data sources, two
 * roles.
 */
@NullMarked
package io.breakwater.adapter.postgres;

import org.jspecify.annotations.NullMarked;
