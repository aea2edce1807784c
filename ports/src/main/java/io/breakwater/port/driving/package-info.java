/**
 * The driving side: a {@link io.breakwater.port.driving.Transport} carries bytes to the
 * {@link io.breakwater.port.driving.McpEndpoint} and its answers back, and mounts
 * {@link io.breakwater.port.driving.HttpResource}s. Nothing here knows JSON.
 */
@NullMarked
package io.breakwater.port.driving;

import org.jspecify.annotations.NullMarked;
