/**
 * The users of the store: what their names and addresses may look like, and that nobody's change is lost. Start at
 * {@link io.breakwater.core.business.users.Users}.
 */
@NullMarked
package io.breakwater.core.business.users;

import org.jspecify.annotations.NullMarked;
