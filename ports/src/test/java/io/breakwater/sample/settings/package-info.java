/** Settings records under test. */
@NullMarked
package io.breakwater.sample.settings;

import org.jspecify.annotations.NullMarked;
