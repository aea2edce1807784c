/** How tests read the log. Needs Logback on the class path of the test. */
@NullMarked
package io.breakwater.sample.logging;

import org.jspecify.annotations.NullMarked;
