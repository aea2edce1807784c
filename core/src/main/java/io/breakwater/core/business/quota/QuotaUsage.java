package io.breakwater.core.business.quota;

import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import java.time.Instant;

/**
 * A quota and what is used of it.
 *
 * @param scope whose usage counts
 * @param kind what counts
 * @param limit the quota for a day
 * @param used the usage today; more than the limit if servers counted separately for a time
 * @param resetsAt the time at which the quota resets
 */
public record QuotaUsage(Scope scope, Kind kind, double limit, double used, Instant resetsAt) {}
