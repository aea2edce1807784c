/** How tests name the outage behavior that they check. */
@NullMarked
package io.breakwater.sample.outage;

import org.jspecify.annotations.NullMarked;
