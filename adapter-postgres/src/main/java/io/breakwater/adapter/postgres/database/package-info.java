/** Somebody else's database, behind a guard. */
@NullMarked
package io.breakwater.adapter.postgres.database;

import org.jspecify.annotations.NullMarked;
