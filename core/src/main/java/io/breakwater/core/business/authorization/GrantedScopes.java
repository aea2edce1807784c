package io.breakwater.core.business.authorization;

import io.breakwater.server.settings.ScopeHierarchy;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The scopes of a caller, with all scopes that they include. */
final class GrantedScopes {
    private final Set<String> scopes = new HashSet<>();
    private final boolean byPrefix;

    GrantedScopes(Set<String> granted, ScopeHierarchy hierarchy) {
        this.byPrefix = hierarchy.byPrefix();
        var open = new ArrayDeque<>(granted);
        while (!open.isEmpty()) {
            var scope = open.remove();
            if (scopes.add(scope)) {
                open.addAll(hierarchy.narrower().getOrDefault(scope, Set.of()));
                addNarrowerOfPrefix(scope, hierarchy, open);
            }
        }
    }

    /** A scope that a prefix includes may itself include others. */
    private void addNarrowerOfPrefix(String scope, ScopeHierarchy hierarchy, Collection<String> open) {
        if (byPrefix) {
            hierarchy.narrower().forEach((broader, narrower) -> {
                if (broader.startsWith(scope + ":")) {
                    open.addAll(narrower);
                }
            });
        }
    }

    boolean satisfyAll(Set<String> required) {
        for (var scope : required) {
            if (!satisfy(scope)) {
                return false;
            }
        }
        return true;
    }

    private boolean satisfy(String required) {
        if (scopes.contains(required)) {
            return true;
        }
        int colon = byPrefix ? required.lastIndexOf(':') : -1;
        while (colon > 0) {
            if (scopes.contains(required.substring(0, colon))) {
                return true;
            }
            colon = required.lastIndexOf(':', colon - 1);
        }
        return false;
    }
}
