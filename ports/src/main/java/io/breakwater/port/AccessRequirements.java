package io.breakwater.port;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a definition requires of its caller.
 *
 * @param roles the caller needs one of these roles; empty for no role
 * @param scopes the caller needs all of these scopes; empty for no scope
 */
public record AccessRequirements(Set<String> roles, Set<String> scopes) {
    /** No requirement. */
    public static final AccessRequirements NONE = new AccessRequirements(Set.of(), Set.of());

    /** Copies the sets, and refuses an empty role and a text that is not a scope. */
    public AccessRequirements {
        roles = sorted(roles);
        scopes = sorted(scopes);
        if (roles.contains("")) {
            throw new IllegalArgumentException("A required role must not be empty.");
        }
        scopes.forEach(AccessRequirements::requireScope);
    }

    /** Returns true if every caller meets the requirements. */
    public boolean isEmpty() {
        return roles.isEmpty() && scopes.isEmpty();
    }

    /** Returns true if the text is a scope (RFC 6749 section 3.3): visible ASCII without {@code "} and a backslash. */
    public static boolean isScope(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
    }

    private static void requireScope(String text) {
        if (!isScope(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a scope: a scope consists of visible ASCII"
                    + " characters other than quotation marks and backslashes.");
        }
    }

    private static Set<String> sorted(Set<String> names) {
        return names.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(names));
    }
}
