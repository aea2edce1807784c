/**
 * The guard's own interceptors, one class each; {@link io.breakwater.core.presentation.interceptor.InterceptorChain} is
 * the list.
 */
@NullMarked
package io.breakwater.core.presentation.interceptor;

import org.jspecify.annotations.NullMarked;
