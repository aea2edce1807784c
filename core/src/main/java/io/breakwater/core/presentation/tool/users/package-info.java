/** The pack {@code users}: the users in the store. */
@NullMarked
package io.breakwater.core.presentation.tool.users;

import org.jspecify.annotations.NullMarked;
