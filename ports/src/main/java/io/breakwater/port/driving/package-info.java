/**
 * The driving side: a {@link io.breakwater.port.driving.Transport} carries bytes to the
 * {@link io.breakwater.port.driving.McpEndpoint} and its replies back, and mounts
 * {@link io.breakwater.port.driving.HttpResource}s. This package does not parse JSON.
 */
@NullMarked
package io.breakwater.port.driving;

import org.jspecify.annotations.NullMarked;
