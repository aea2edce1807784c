/** The users in the store. */
@NullMarked
package io.breakwater.core.data.users;

import org.jspecify.annotations.NullMarked;
