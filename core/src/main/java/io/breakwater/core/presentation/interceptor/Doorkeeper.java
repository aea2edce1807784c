package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.access.Principal;
import io.breakwater.core.metrics.CallStatus;
import io.breakwater.core.metrics.Meters;
import io.breakwater.core.presentation.call.TurnedAway;
import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.presentation.json.Document;
import org.jspecify.annotations.Nullable;

/** Counts and logs what is turned away before it becomes a call, as if it had passed the guard and failed. */
final class Doorkeeper implements TurnedAway {
    private final Meters meters;
    private final RequestLog log;

    Doorkeeper(Meters meters, RequestLog log) {
        this.meters = meters;
        this.log = log;
    }

    @Override
    public void note(String method, Document params, Principal principal, McpError error) {
        var outcome = new Outcome.Failed(error);
        meters.forCall(method, tool(method, params)).refuse(CallStatus.of(outcome.status()));
        log.turnedAway(method, target(params), principal, outcome);
    }

    private static @Nullable String tool(String method, Document params) {
        return method.equals("tools/call") ? params.text("name") : null;
    }

    private static String target(Document params) {
        var name = params.text("name");
        var target = name == null ? params.text("uri") : name;
        return target == null ? "" : target;
    }
}
