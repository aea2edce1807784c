/** The text output of the program: JSON, and untrusted text made safe for a terminal or a log. */
@NullMarked
package io.breakwater.bootstrap.console;

import org.jspecify.annotations.NullMarked;
