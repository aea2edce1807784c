/** From the start of a server to its end: what a signal does, and how nothing that was accepted is lost. */
@NullMarked
package io.breakwater.bootstrap.lifecycle;

import org.jspecify.annotations.NullMarked;
