/**
 * The guard: what stands between a request and its handler. {@link io.breakwater.core.presentation.guard.Interceptor}
 * is open to the embedding team; ours stand in one list, in {@code presentation.guard.builtin}.
 */
@NullMarked
package io.breakwater.core.presentation.guard;

import org.jspecify.annotations.NullMarked;
