/**
 * The pack {@code services}: tools and resources for the HTTP services that the operator has configured. Start at {@link
 * io.breakwater.core.presentation.tool.services.ServicesPack}.
 */
@NullMarked
package io.breakwater.core.presentation.tool.services;

import org.jspecify.annotations.NullMarked;
