/**
 * The guard: what stands between a request and its handler. {@link io.breakwater.server.interceptor.Interceptor}
 * is open to the embedding team; ours stand in one list, in {@code core.presentation.interceptor}.
 */
@NullMarked
package io.breakwater.server.interceptor;

import org.jspecify.annotations.NullMarked;
