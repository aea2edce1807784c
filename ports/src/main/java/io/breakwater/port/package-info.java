/**
 * Values that both sides of the hexagon share: {@link io.breakwater.port.Json}, the scope of a call, figures and
 * failures. {@code driving} holds what the outside calls, {@code driven} what core calls.
 */
@NullMarked
package io.breakwater.port;

import org.jspecify.annotations.NullMarked;
