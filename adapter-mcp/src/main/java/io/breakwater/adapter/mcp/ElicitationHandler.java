package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import reactor.core.publisher.Mono;

/**
 * Puts a handler's question to the client. On a stateless wire the question unwinds the call by an {@link Error}, and
 * Reactor is no place for it: its operators hand errors to {@code onErrorResume} and {@code retry}, and {@code block}
 * wraps them in an exception that any {@code catch} takes. So no implementation lets it enter a pipeline.
 */
@FunctionalInterface
interface ElicitationHandler {

    /** The client's result, when it has answered. */
    Mono<Json.Obj> ask(String method, Json.Obj params);
}
