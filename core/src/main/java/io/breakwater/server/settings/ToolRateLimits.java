package io.breakwater.server.settings;

import io.breakwater.port.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of one tool, in place of those of the server and of the tool's definition.
 *
 * @param perPrincipal the limit on the calls of the tool by each caller; null for that of the definition or the server
 * @param total the limit on the calls of the tool by all callers together; null for that of the server
 */
public record ToolRateLimits(
        @Nullable RateLimit perPrincipal, @Nullable RateLimit total) {}
