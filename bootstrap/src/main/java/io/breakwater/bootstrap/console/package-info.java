/** Text that leaves the program: JSON, and what others wrote made harmless for a terminal or a log. */
@NullMarked
package io.breakwater.bootstrap.console;

import org.jspecify.annotations.NullMarked;
