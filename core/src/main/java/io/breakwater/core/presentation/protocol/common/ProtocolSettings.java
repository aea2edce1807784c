package io.breakwater.core.presentation.protocol.common;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.presentation.call.CallLimits;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the protocol.
 *
 * @param pageSize the number of items on a page of a list
 * @param listTtl how long a client may cache a list; subscribed clients are notified of changes
 * @param taskTtl the TTL of a task, from its start
 * @param subscriptions the maximum number of subscription streams, and of their size in memory
 * @param limits the limits of a call
 * @param extensions the identifiers of the extensions that the server supports, besides tasks
 */
public record ProtocolSettings(
        int pageSize,
        Duration listTtl,
        Duration taskTtl,
        CapacityLimiter subscriptions,
        CallLimits limits,
        List<String> extensions) {}
