package io.breakwater.core.presentation.server;

import io.breakwater.core.business.session.Quantity;
import io.breakwater.core.presentation.call.CallRuntime;
import java.time.Duration;

/**
 * Bounds and habits of the protocol.
 *
 * @param pageSize items on a page of a list
 * @param listTtl for how long a client may keep a list before it asks again; changes are told to those who listen
 * @param taskTtl how long a task is kept after it began
 * @param subscriptions how many streams of changes may be open, and how much may be watched on them
 * @param limits bounds of a call
 */
public record ProtocolSettings(
        int pageSize, Duration listTtl, Duration taskTtl, Quantity subscriptions, CallRuntime.Limits limits) {}
