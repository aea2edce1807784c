package io.breakwater.bootstrap.apikey;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rights that a key gives.
 *
 * @param roles the roles
 * @param scopes the scopes (RFC 6749 section 3.3)
 * @param tenant the tenant; empty for none
 */
public record KeyRights(List<String> roles, List<String> scopes, String tenant) {
    /** No roles, scopes and tenant. */
    public static final KeyRights NONE = new KeyRights(List.of(), List.of(), "");

    /** The characters of names, roles and tenants. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@:/+-]{0,99}");

    static final String NAME_RULE =
            "1 to 100 letters, digits and . _ @ : / + -, of which the first is a letter or digit";

    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,200}");

    /** Copies the lists, and refuses invalid names. */
    public KeyRights {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        roles.forEach(role -> check(NAME, "role", role, NAME_RULE));
        scopes.forEach(
                scope -> check(SCOPE, "scope", scope, "1 to 200 printable characters without spaces, \" and \\"));
        if (!tenant.isEmpty()) {
            check(NAME, "tenant", tenant, NAME_RULE);
        }
    }

    /** Returns the roles as a set. */
    Set<String> roleSet() {
        return Set.copyOf(roles);
    }

    /** Returns the scopes as a set. */
    Set<String> scopeSet() {
        return Set.copyOf(scopes);
    }

    /**
     * Refuses an invalid name of a key.
     *
     * @throws IllegalArgumentException when it is not valid; the message is a clause
     */
    public static void checkName(String name) {
        check(NAME, "name", name, NAME_RULE);
    }

    static void check(Pattern pattern, String what, String text, String rule) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("the " + what + " '" + text + "' is not valid: write " + rule);
        }
    }
}
