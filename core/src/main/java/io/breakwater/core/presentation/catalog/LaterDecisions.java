package io.breakwater.core.presentation.catalog;

import io.breakwater.port.AccessExplanation;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The decisions that the server makes during a call, once it knows more about the target than the caller has sent, such
 * as the full name of a table. Explanations of an access contain what is known of them beforehand. Thread-safe.
 */
public final class LaterDecisions {
    private final List<LaterDecision> decisions = new CopyOnWriteArrayList<>();

    /** A decision that follows that on the request. */
    @FunctionalInterface
    public interface LaterDecision {
        /** Returns the explanation of both decisions; that of the request if the other one is about other targets. */
        AccessExplanation explain(AccessRequest request, AccessExplanation explanation);
    }

    /** Adds a decision. */
    public void add(LaterDecision decision) {
        decisions.add(decision);
    }

    AccessExplanation explain(AccessRequest request, AccessExplanation explanation) {
        var result = explanation;
        for (var decision : decisions) {
            result = decision.explain(request, result);
        }
        return result;
    }
}
