/** The guard's own interceptors, one class each; {@link io.breakwater.core.presentation.guard.builtin.Guard} is the list. */
@NullMarked
package io.breakwater.core.presentation.guard.builtin;

import org.jspecify.annotations.NullMarked;
