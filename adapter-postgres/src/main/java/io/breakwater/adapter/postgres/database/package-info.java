/** The operator's database, in which checked statements of callers run. */
@NullMarked
package io.breakwater.adapter.postgres.database;

import org.jspecify.annotations.NullMarked;
