/**
 * The guard: the chain of interceptors between a request and its handler. Embedders implement {@link
 * io.breakwater.server.interceptor.Interceptor}. The built-in interceptors are in the package {@code
 * io.breakwater.core.presentation.interceptor}.
 */
@NullMarked
package io.breakwater.server.interceptor;

import org.jspecify.annotations.NullMarked;
