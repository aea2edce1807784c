package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.cache.ResultCacheService;
import io.breakwater.core.presentation.idempotency.IdempotencyService;
import io.breakwater.core.presentation.interceptor.CallLimitReport;

/**
 * The services that calls of tools use.
 *
 * @param resultCache finds and stores the results of read-only tools
 * @param idempotency finds the results of repeated calls
 * @param confirmation asks users before a tool acts
 * @param limits describes the limits of a call for a dry run
 */
public record ToolServices(
        ResultCacheService resultCache,
        IdempotencyService idempotency,
        ToolConfirmation confirmation,
        CallLimitReport limits) {}
