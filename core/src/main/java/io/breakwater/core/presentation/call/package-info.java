/**
 * Runs requests: {@link io.breakwater.core.presentation.call.ActiveCall} passes a request through the interceptors to
 * its handler, in the execution mode of the handler, and returns the outcome. Subclasses implement what differs between
 * the protocol eras.
 */
@NullMarked
package io.breakwater.core.presentation.call;

import org.jspecify.annotations.NullMarked;
