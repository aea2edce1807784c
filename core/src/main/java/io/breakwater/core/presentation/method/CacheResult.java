package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.catalog.CacheStatus;
import io.breakwater.core.presentation.catalog.ToolResult;

/** A result and where it came from. */
record CacheResult(ToolResult result, CacheStatus status) {}
