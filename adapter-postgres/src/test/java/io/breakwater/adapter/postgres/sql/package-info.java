/** How statements are read, beside real servers. */
@NullMarked
package io.breakwater.adapter.postgres.sql;

import org.jspecify.annotations.NullMarked;
