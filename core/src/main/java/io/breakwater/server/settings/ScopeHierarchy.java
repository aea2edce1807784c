package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.notNull;

import io.breakwater.port.AccessRequirements;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which scopes satisfy others: a caller that has a broader scope needs none of the narrower ones.
 *
 * @param narrower the narrower scopes of each broader scope; these may have narrower ones themselves
 * @param byPrefix true if {@code orders} satisfies {@code orders:read} and {@code orders:read:own}
 */
public record ScopeHierarchy(Map<String, Set<String>> narrower, boolean byPrefix) {
    /** Each scope satisfies only itself. */
    public static final ScopeHierarchy NONE = new ScopeHierarchy(Map.of(), false);

    /** Copies the map, and refuses texts that are not scopes. */
    public ScopeHierarchy {
        notNull(narrower, "ScopeHierarchy.narrower");
        var copy = new TreeMap<String, Set<String>>();
        narrower.forEach((broader, scopes) -> {
            var checked = new AccessRequirements(Set.of(), Set.of(broader));
            copy.put(checked.scopes().iterator().next(), new AccessRequirements(Set.of(), scopes).scopes());
        });
        narrower = Collections.unmodifiableMap(copy);
    }
}
