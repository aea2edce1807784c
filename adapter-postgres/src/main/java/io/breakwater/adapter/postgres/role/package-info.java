/** Checks the privileges of the role as which callers' statements run. */
@NullMarked
package io.breakwater.adapter.postgres.role;

import org.jspecify.annotations.NullMarked;
