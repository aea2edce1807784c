/** Users out of the store. */
@NullMarked
package io.breakwater.core.data.users;

import org.jspecify.annotations.NullMarked;
