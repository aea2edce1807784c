/**
 * A request at work: {@link io.breakwater.core.presentation.call.ActiveCall} takes it through the guard, over the
 * lanes, to its handler and back. What differs between the protocol eras is left to subclasses.
 */
@NullMarked
package io.breakwater.core.presentation.call;

import org.jspecify.annotations.NullMarked;
