/** The threads and the clock of a server: {@link io.breakwater.core.execution.ServerExecutors}. */
@NullMarked
package io.breakwater.core.execution;

import org.jspecify.annotations.NullMarked;
