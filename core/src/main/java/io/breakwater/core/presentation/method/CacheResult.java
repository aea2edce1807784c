package io.breakwater.core.presentation.method;

import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.ToolResult;

/** A result and the cache status that clients see. */
record CacheResult(ToolResult result, CacheStatus status) {}
