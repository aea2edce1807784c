/** The guard's own interceptors, one class each; {@link io.breakwater.core.presentation.interceptor.Guard} is the list. */
@NullMarked
package io.breakwater.core.presentation.interceptor;

import org.jspecify.annotations.NullMarked;
