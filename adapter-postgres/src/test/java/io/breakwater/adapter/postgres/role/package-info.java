/** Tests of the look at the role. */
@NullMarked
package io.breakwater.adapter.postgres.role;

import org.jspecify.annotations.NullMarked;
