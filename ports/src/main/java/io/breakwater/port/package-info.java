/**
 * Types that both sides of the hexagon share: {@link io.breakwater.port.Json}, call contexts, metrics and exceptions.
 * {@code driving} has the interfaces that adapters call, {@code driven} those that core calls.
 */
@NullMarked
package io.breakwater.port;

import org.jspecify.annotations.NullMarked;
