/** The threads and the clock of a server: {@link io.breakwater.server.execution.ServerExecutors}. */
@NullMarked
package io.breakwater.server.execution;

import org.jspecify.annotations.NullMarked;
