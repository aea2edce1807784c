/** The database that models ask, through its ports. */
@NullMarked
package io.breakwater.core.data.database;

import org.jspecify.annotations.NullMarked;
