package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import reactor.core.publisher.Mono;

/**
 * Sends the client requests of a handler. In the modern protocol, a request suspends the call by throwing an
 * {@link Error}. This error must not enter a Reactor pipeline: operators pass errors to {@code onErrorResume} and
 * {@code retry}, and {@code block} wraps them in an exception that any {@code catch} clause catches. So no
 * implementation lets it enter a pipeline.
 */
@FunctionalInterface
interface ElicitationHandler {

    /** Sends a client request; the {@code Mono} emits the client's result. */
    Mono<Json.Obj> ask(String method, Json.Obj params);
}
