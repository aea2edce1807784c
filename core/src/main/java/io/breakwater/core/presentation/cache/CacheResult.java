package io.breakwater.core.presentation.cache;

import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.ToolResult;

/**
 * A result and the cache status that clients see.
 *
 * @param result the result of the tool, without the members of a result decorator
 * @param status where the result comes from
 */
public record CacheResult(ToolResult result, CacheStatus status) {}
