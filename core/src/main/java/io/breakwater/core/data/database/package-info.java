/** The database that models query, through its ports. */
@NullMarked
package io.breakwater.core.data.database;

import org.jspecify.annotations.NullMarked;
