package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Asks on the spot, for handlers that wait: the answer is there, or the call unwinds, before the SDK's {@code block()}
 * begins. The error that unwound is kept, so that it outlives a handler that caught it.
 */
final class SyncElicitation implements ElicitationHandler {
    private final ToolContext conversation;
    private final SdkFailureMapper failures;
    private volatile @Nullable Error unwinding;

    SyncElicitation(ToolContext conversation, SdkFailureMapper failures) {
        this.conversation = conversation;
        this.failures = failures;
    }

    @Override
    public Mono<Json.Obj> ask(String method, Json.Obj params) {
        unwindAgain();
        try {
            return Mono.just(conversation.ask(method, params));
        } catch (Error e) {
            unwinding = e;
            throw e;
        } catch (RuntimeException e) {
            return Mono.error(failures.unanswered(e));
        }
    }

    /** Throws what a question has thrown before; does nothing if none did. */
    void unwindAgain() {
        var error = unwinding;
        if (error != null) {
            throw error;
        }
    }
}
