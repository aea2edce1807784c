package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sends client requests for blocking handlers: the response has arrived, or the call is suspended, before the SDK's
 * {@code block()} begins. The error that suspends the call is stored, so that it takes effect even if the handler
 * catches it.
 */
final class SyncElicitation implements ElicitationHandler {
    private final ToolContext toolContext;
    private final SdkFailureMapper failures;
    private volatile @Nullable Error suspension;

    SyncElicitation(ToolContext toolContext, SdkFailureMapper failures) {
        this.toolContext = toolContext;
        this.failures = failures;
    }

    @Override
    public Mono<Json.Obj> ask(String method, Json.Obj params) {
        rethrowSuspension();
        try {
            return Mono.just(toolContext.request(method, params));
        } catch (Error e) {
            suspension = e;
            throw e;
        } catch (RuntimeException e) {
            return Mono.error(failures.requestFailure(e));
        }
    }

    /** Throws the error with which an earlier request suspended the call; does nothing if there is none. */
    void rethrowSuspension() {
        var error = suspension;
        if (error != null) {
            throw error;
        }
    }
}
