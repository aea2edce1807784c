package io.breakwater.core.presentation.method;

import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.ToolResult;

/** A result and where it came from. */
record CacheResult(ToolResult result, CacheStatus status) {}
