package io.breakwater.core.business.ratelimit;

import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rate limits know of a call.
 *
 * @param scope {@link Scope#PRINCIPAL}, or {@link Scope#NETWORK} for an anonymous caller
 * @param caller the id of the principal, or the network
 * @param tool the called tool; null for other methods
 * @param calledTools the tools whose calls the call makes, one for each call
 */
public record LimitedCall(
        Scope scope, String caller, @Nullable String tool, List<String> calledTools) {

    /** Returns the number of calls: the call itself, and those that it makes. */
    int calls() {
        return 1 + calledTools.size();
    }

    /** Returns the key of all calls of the caller. */
    BucketKey callerKey() {
        return new BucketKey(scope, caller, "");
    }

    /** Returns the key of the caller's calls of a tool. */
    BucketKey toolKey(String tool) {
        return new BucketKey(scope, caller, tool);
    }
}
