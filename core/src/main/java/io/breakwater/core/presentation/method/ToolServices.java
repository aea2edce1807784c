package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.cache.ResultCacheService;

/**
 * What {@code tools/call} uses beside the tool.
 *
 * @param resultCache caches results
 * @param confirmation asks users before a tool acts
 */
public record ToolServices(ResultCacheService resultCache, ToolConfirmation confirmation) {}
