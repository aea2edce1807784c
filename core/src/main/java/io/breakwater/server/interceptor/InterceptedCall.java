package io.breakwater.server.interceptor;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.server.mcp.Call;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call as interceptors see it: what its handler sees, and how it arrived, runs and ends. */
public interface InterceptedCall extends Call {

    /** Returns the header fields of the request; {@link HeaderFields#NONE} on stdio. They are untrusted input. */
    HeaderFields headerFields();

    /**
     * Returns the arguments of a call of a tool, a prompt or a completion; empty if it has none. They are untrusted
     * input, and are not validated yet in {@link Interceptor#before}. Each call of this method converts them.
     */
    Json.Obj arguments();

    /**
     * Returns the decision of the server's access control about this request, with the rule that decided. It is for
     * logs; the caller must not see the rule. A method without a target is allowed.
     */
    AccessDecision accessDecision();

    /**
     * Returns all scopes that the request requires if the caller lacks one of them and could obtain it; empty
     * otherwise.
     */
    default Set<String> requiredScopes() {
        return accessDecision() instanceof AccessDecision.ScopesRequired required ? required.scopes() : Set.of();
    }

    /**
     * Returns the names of the tools whose calls this call makes, one for each call, such as the items of a batch
     * ({@code Tool.Builder.callsTools}); empty for all other calls.
     */
    default List<String> calledTools() {
        return List.of();
    }

    /**
     * Returns true if the caller only asks what the call would do. Its tool does not run, and an interceptor must cause no
     * effect for it that belongs to a call of the tool.
     */
    default boolean isDryRun() {
        return false;
    }

    /**
     * Returns an id of the round that the call continues, if the client repeats a call with responses to client
     * requests (2026-07-28: multi-round-trip requests) and the server has verified that it issued the state of this
     * round to this principal for this call; null otherwise. A client can send the same state several times: then the
     * ids are equal.
     */
    default @Nullable String continuedRound() {
        return null;
    }

    /**
     * Returns how far the handler has come. In {@link Interceptor#after}, this tells a result of the handler from one of a
     * cache, and a call whose handler failed or was too slow from one that was refused before.
     */
    HandlerState handlerState();

    /** Returns the time since the request arrived. */
    Duration elapsed();

    /**
     * Runs the action when the work of the call has stopped, at once if it has stopped already. The work may stop later
     * than {@link Interceptor#after} receives the outcome: a handler that timed out runs until it notices. The action
     * must not block or throw.
     */
    void onStop(Runnable action);

    /**
     * Returns why the call failed, as a sentence for a log; null if the call did not fail, if the outcome says enough,
     * or if the log has the reason already. Known in {@link Interceptor#after} only.
     */
    @Nullable
    String failureReason();

    /**
     * Returns whether the call was refused memory because other calls used it. The server reports such a shortage with one
     * warning for all calls.
     */
    boolean lackedMemory();
}
