package io.breakwater.port;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The identity on whose behalf a call is made, and its rights. Immutable.
 *
 * <p>Sessions, tasks, sealed state and quotas belong to the {@link #id()}, which depends on who the caller is and not
 * on the present rights: it is the same after a token was renewed and after the caller obtained further scopes. Cached
 * results belong to the {@link #fingerprint()}, which also depends on the rights.
 */
public final class Principal {

    /** All callers of a server without authentication. */
    public static final Principal ANONYMOUS = of("anonymous");

    /**
     * Claims that describe one token, and not its subject. They differ in each token, so a principal does not have them.
     */
    public static final Set<String> TOKEN_CLAIMS = Set.of(
            "exp",
            "iat",
            "nbf",
            "jti",
            "auth_time",
            "nonce",
            "at_hash",
            "c_hash",
            "s_hash",
            "sid",
            "session_state",
            "cnf",
            "uti",
            "rh",
            "aio",
            "active");

    /** What a principal is. */
    public enum Kind {
        /** A person or account that calls directly. */
        USER,
        /** A program that calls for itself (OAuth: client credentials; an API key). */
        CLIENT,
        /** A program that calls for a user (OAuth: a token with a user and a client). */
        USER_VIA_CLIENT
    }

    private final Identity identity;
    private final Kind kind;
    private final Set<String> roles;
    private final Set<String> scopes;
    private final Json.Obj claims;
    private final String id;
    private final String fingerprint;
    private final long heapBytes;

    private Principal(Identity identity, Kind kind, Set<String> roles, Set<String> scopes, Json.Obj claims) {
        this.identity = identity;
        this.kind = kind;
        this.roles = Set.copyOf(roles);
        this.scopes = Set.copyOf(scopes);
        this.claims = claims;
        this.id = identity.id();
        this.fingerprint =
                roles.isEmpty() && scopes.isEmpty() && claims.members().isEmpty()
                        ? id
                        : String.join("\n", id, quoted(roles), quoted(scopes), claims.toString());
        this.heapBytes = PrincipalWeight.atMost(this);
    }

    private static String quoted(Set<String> names) {
        return names.stream().sorted().map(JsonWriter::quoted).collect(Collectors.joining(","));
    }

    /**
     * Creates a user without roles, scopes and tenant, which no issuer vouches for.
     *
     * @throws IllegalArgumentException if the subject is empty
     */
    public static Principal of(String subject) {
        return of("", subject);
    }

    /**
     * Creates a user without roles, scopes and tenant. Equal subjects of different issuers are different principals.
     *
     * @param issuer the issuer of the identity, for example the {@code iss} of a token
     * @param subject the identifier of the user at this issuer, which is never given to another user
     */
    public static Principal of(String issuer, String subject) {
        return new Principal(
                new Identity(issuer, subject, "", "", false), Kind.USER, Set.of(), Set.of(), Json.Obj.EMPTY);
    }

    /** Returns this principal in that tenant; empty means that there are no tenants. */
    public Principal withTenant(String tenant) {
        return new Principal(identity.withTenant(tenant), kind, roles, scopes, claims);
    }

    /**
     * Returns a user on whose behalf this client calls.
     *
     * @throws IllegalArgumentException if the client is empty
     */
    public Principal viaClient(String client) {
        if (client.isEmpty()) {
            throw new IllegalArgumentException("The client of a principal must not be empty.");
        }
        return new Principal(identity.withClient(client), Kind.USER_VIA_CLIENT, roles, scopes, claims);
    }

    /** Returns this principal as a program that calls for itself. */
    public Principal asClient() {
        return new Principal(identity.asProgram(), Kind.CLIENT, roles, scopes, claims);
    }

    /** Returns this principal with these roles, in place of its present ones. */
    public Principal withRoles(Set<String> roles) {
        return new Principal(
                identity, kind, requireNonNull(roles, "Principal.roles must not be null."), scopes, claims);
    }

    /** Returns this principal with these scopes (RFC 6749 section 3.3), in place of its present ones. */
    public Principal withScopes(Set<String> scopes) {
        return new Principal(
                identity, kind, roles, requireNonNull(scopes, "Principal.scopes must not be null."), claims);
    }

    /**
     * Returns this principal with these claims, in place of its present ones. Leave out what differs from token to
     * token ({@code exp}, {@code iat}, {@code nbf}, {@code jti}), because cached results belong to equal claims.
     */
    public Principal withClaims(Json.Obj claims) {
        return new Principal(
                identity, kind, roles, scopes, requireNonNull(claims, "Principal.claims must not be null."));
    }

    /**
     * Returns the id, which is unique over all issuers and tenants: the subject, issuer, client and tenant, separated
     * by {@code |}, without empty parts at its end, and {@code client} as the fifth part of a program that calls for
     * itself, because an issuer may give a user and a program the same name. The characters {@code %} and {@code |} and
     * line breaks in a part are percent-encoded. It appears in logs, and is shown to administrators, but never to other
     * principals.
     */
    public String id() {
        return id;
    }

    /** Returns a text that is equal for two principals exactly if their identities, roles, scopes and claims are equal. */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * Returns an upper bound of the memory that the principal occupies, in bytes of the heap. A component that remembers
     * principals of callers must limit the sum, since a caller may influence the claims of its token.
     */
    public long heapBytes() {
        return heapBytes;
    }

    /** Returns the issuer of the identity; empty if there is none. */
    public String issuer() {
        return identity.issuer;
    }

    /** Returns the identifier at the issuer; never empty. */
    public String subject() {
        return identity.subject;
    }

    /** Returns the id of the client that calls for the user; empty for other kinds. */
    public String client() {
        return identity.client;
    }

    /** Returns the tenant; empty if there are no tenants. */
    public String tenant() {
        return identity.tenant;
    }

    /** Returns what the principal is. */
    public Kind kind() {
        return kind;
    }

    /** Returns the roles. */
    public Set<String> roles() {
        return roles;
    }

    /** Returns the scopes that were granted to the credential. */
    public Set<String> scopes() {
        return scopes;
    }

    /** Returns the claims of the credential that do not differ from token to token. */
    public Json.Obj claims() {
        return claims;
    }

    /** Returns true if the caller did not authenticate. */
    public boolean isAnonymous() {
        return id.equals(ANONYMOUS.id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Principal that && kind == that.kind && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    /** Returns the id. */
    @Override
    public String toString() {
        return id;
    }

    /** Who a principal is. */
    private record Identity(String issuer, String subject, String client, String tenant, boolean program) {
        Identity {
            requireNonNull(issuer, "Principal.issuer must not be null.");
            requireNonNull(subject, "Principal.subject must not be null.");
            requireNonNull(client, "Principal.client must not be null.");
            requireNonNull(tenant, "Principal.tenant must not be null.");
            if (subject.isEmpty()) {
                throw new IllegalArgumentException("The subject of a principal must not be empty.");
            }
        }

        Identity withTenant(String tenant) {
            return new Identity(issuer, subject, client, tenant, program);
        }

        Identity withClient(String client) {
            return new Identity(issuer, subject, client, tenant, false);
        }

        Identity asProgram() {
            return new Identity(issuer, subject, client, tenant, true);
        }

        String id() {
            var id = new StringBuilder(part(subject)).append('|').append(part(issuer));
            id.append('|').append(part(client)).append('|').append(part(tenant));
            id.append(program ? "|client" : "");
            int length = id.length();
            while (id.charAt(length - 1) == '|') {
                length--;
            }
            return id.substring(0, length);
        }

        private static String part(String text) {
            return text.replace("%", "%25")
                    .replace("|", "%7C")
                    .replace("\n", "%0A")
                    .replace("\r", "%0D");
        }
    }
}
