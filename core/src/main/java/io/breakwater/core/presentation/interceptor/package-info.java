/**
 * The built-in interceptors of the guard; {@link io.breakwater.core.presentation.interceptor.InterceptorChain} defines
 * their order.
 */
@NullMarked
package io.breakwater.core.presentation.interceptor;

import org.jspecify.annotations.NullMarked;
