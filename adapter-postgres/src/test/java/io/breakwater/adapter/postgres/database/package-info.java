/** Tests of the guarded database. */
@NullMarked
package io.breakwater.adapter.postgres.database;

import org.jspecify.annotations.NullMarked;
