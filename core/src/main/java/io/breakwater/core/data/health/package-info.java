/** Health checks, host metrics and log lines, on the ports and the executors of the server. */
@NullMarked
package io.breakwater.core.data.health;

import org.jspecify.annotations.NullMarked;
