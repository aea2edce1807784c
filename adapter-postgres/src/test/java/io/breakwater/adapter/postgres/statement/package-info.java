/** How statements are read, beside real servers. */
@NullMarked
package io.breakwater.adapter.postgres.statement;

import org.jspecify.annotations.NullMarked;
