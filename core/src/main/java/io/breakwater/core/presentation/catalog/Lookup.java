package io.breakwater.core.presentation.catalog;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.mcp.McpException;
import java.util.List;

/**
 * What a caller finds under a name.
 *
 * @param <T> the type of the definition
 */
public sealed interface Lookup<T> {

    /** Returns the decision about the access. */
    AccessDecision decision();

    /**
     * A definition that the caller may use, or could use with further scopes.
     *
     * @param <T> the type of the definition
     * @param item the definition
     * @param decision allowed, or the scopes that are required
     * @param calledTools the names of the tools whose calls the call of a tool makes, one for each call
     */
    record Found<T>(T item, AccessDecision decision, List<String> calledTools) implements Lookup<T> {}

    /**
     * No definition, or one that the caller may not use, which looks the same to the caller.
     *
     * @param <T> the type of the definition
     * @param view the catalog in which it was looked up
     * @param kind the kind of the definition
     * @param name the name or URI that was looked up
     * @param decision why there is none
     * @param error the error for the caller
     */
    record Missing<T>(CatalogView view, TargetKind kind, String name, AccessDecision decision, McpException error)
            implements Lookup<T> {
        /** Records the refusal under the id of the request, and returns the error for the caller with this id. */
        public McpException refuse(String requestId) {
            return view.refuse(this, requestId);
        }
    }
}
