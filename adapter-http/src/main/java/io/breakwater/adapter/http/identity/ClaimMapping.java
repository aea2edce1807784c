package io.breakwater.adapter.http.identity;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNull;

/**
 * The claims from which a principal gets its rights. A name is that of a claim, for example {@code https://x.test/roles},
 * or, if there is no such claim, a path with full stops, for example {@code realm_access.roles}.
 *
 * @param roles the claim with the roles: a list of strings, or one string. A token without it has no roles
 * @param scopes the claim with the scopes: a string with spaces, or a list of strings. By default, {@code scp} counts in a
 *     token without this claim
 * @param tenant the claim with the tenant; empty if there are no tenants. If it is set, a token without it is refused
 * @param client the claim with the client. By default, {@code azp} counts in a token without this claim
 */
public record ClaimMapping(String roles, String scopes, String tenant, String client) {
    /** The claims {@code roles}, {@code scope} and {@code client_id}, without tenants. */
    public static final ClaimMapping DEFAULT = new ClaimMapping("roles", "scope", "", "client_id");

    /** Refuses null, and empty names. */
    public ClaimMapping {
        check(!notNull(roles, "ClaimMapping.roles").isBlank(), "roles must not be empty.");
        check(!notNull(scopes, "ClaimMapping.scopes").isBlank(), "scopes must not be empty.");
        notNull(tenant, "ClaimMapping.tenant");
        check(!notNull(client, "ClaimMapping.client").isBlank(), "client must not be empty.");
    }

    /** Returns this mapping with the roles in another claim. */
    public ClaimMapping withRoles(String claim) {
        return new ClaimMapping(claim, scopes, tenant, client);
    }

    /** Returns this mapping with the scopes in another claim. */
    public ClaimMapping withScopes(String claim) {
        return new ClaimMapping(roles, claim, tenant, client);
    }

    /** Returns this mapping with the tenant in this claim. */
    public ClaimMapping withTenant(String claim) {
        return new ClaimMapping(roles, scopes, claim, client);
    }

    /** Returns this mapping with the client in another claim. */
    public ClaimMapping withClient(String claim) {
        return new ClaimMapping(roles, scopes, tenant, claim);
    }
}
