/**
 * The users of the store: the form of names and addresses, and changes that do not overwrite each other. Start at
 * {@link io.breakwater.core.business.users.Users}.
 */
@NullMarked
package io.breakwater.core.business.users;

import org.jspecify.annotations.NullMarked;
