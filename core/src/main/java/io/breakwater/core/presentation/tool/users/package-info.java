/** The pack {@code users}: the users of the store. */
@NullMarked
package io.breakwater.core.presentation.tool.users;

import org.jspecify.annotations.NullMarked;
