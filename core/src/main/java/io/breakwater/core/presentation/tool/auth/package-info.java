/** The pack {@code auth}: the login with a password. */
@NullMarked
package io.breakwater.core.presentation.tool.auth;

import org.jspecify.annotations.NullMarked;
