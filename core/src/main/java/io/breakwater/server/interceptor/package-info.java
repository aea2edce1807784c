/**
 * The guard: the chain of interceptors between a request and its handler. Embedders implement
 * {@link io.breakwater.server.interceptor.Interceptor}; the built-in interceptors are in
 * {@code presentation.interceptor}.
 */
@NullMarked
package io.breakwater.server.interceptor;

import org.jspecify.annotations.NullMarked;
