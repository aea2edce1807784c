/** What the role may do that strangers' statements run as. */
@NullMarked
package io.breakwater.adapter.postgres.role;

import org.jspecify.annotations.NullMarked;
