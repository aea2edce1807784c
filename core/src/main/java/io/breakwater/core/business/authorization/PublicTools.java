package io.breakwater.core.business.authorization;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessDecision.Allowed;
import io.breakwater.port.AccessDecision.Denied;
import io.breakwater.port.driven.AccessPolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Callers without a credential may use these tools only; all other definitions are unknown to them. What else holds, the
 * next policy decides.
 *
 * @param names the names of the tools
 * @param next the policy of the application; null if there is none
 */
public record PublicTools(Set<String> names, @Nullable AccessPolicy next) implements AccessPolicy {

    /** Copies the names. */
    public PublicTools {
        names = Set.copyOf(names);
    }

    @Override
    public AccessDecision decide(AccessRequest request) {
        if (request.principal().isAnonymous() && !isPublic(request)) {
            return new Denied("callers without a credential may use only the public tools " + names);
        }
        return next == null ? new Allowed("the tool is public, or the caller has a credential") : next.decide(request);
    }

    private boolean isPublic(AccessRequest request) {
        return request.kind() == TargetKind.TOOL && names.contains(request.name());
    }

    @Override
    public void onChange(Runnable action) {
        if (next != null) {
            next.onChange(action);
        }
    }
}
