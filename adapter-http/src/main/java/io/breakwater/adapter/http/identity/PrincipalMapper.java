package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps the claims of a token to a principal. A claim of an unexpected type makes the token invalid, because its rights
 * are then unknown.
 */
final class PrincipalMapper {
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_NAMES = 512;

    /** A value occupies up to 200 bytes, so short values make a token of 16 KiB a tree of a megabyte. */
    private static final int MAX_VALUES = 1_000;

    private final ClaimMapping mapping;

    PrincipalMapper(ClaimMapping mapping) {
        this.mapping = mapping;
    }

    Principal principal(String issuer, Json.Obj claims) throws InvalidTokenException {
        check(values(claims) <= MAX_VALUES, "The token has more than " + MAX_VALUES + " values in its claims.");
        return identity(issuer, claims)
                .withTenant(tenant(claims))
                .withRoles(names(find(claims, mapping.roles()), false))
                .withScopes(scopes(claims))
                .withClaims(lasting(claims));
    }

    private static long values(Json value) {
        return 1
                + switch (value) {
                    case Json.Obj(var members) ->
                        members.values().stream()
                                .mapToLong(PrincipalMapper::values)
                                .sum();
                    case Json.Arr(var items) ->
                        items.stream().mapToLong(PrincipalMapper::values).sum();
                    default -> 0;
                };
    }

    /** Returns the identifier for revocations; empty if there is none. */
    String tokenId(Json.Obj claims) throws InvalidTokenException {
        return name(claims, "jti");
    }

    private Principal identity(String issuer, Json.Obj claims) throws InvalidTokenException {
        var subject = name(claims, "sub");
        var client = client(claims);
        check(!subject.isEmpty() || !client.isEmpty(), "The token has neither a subject (sub) nor a client.");
        if (subject.isEmpty()) {
            return Principal.of(issuer, client).asClient();
        }
        if (isClientItself(subject, client, claims)) {
            return Principal.of(issuer, subject).asClient();
        }
        var user = Principal.of(issuer, subject);
        return client.isEmpty() ? user : user.viaClient(client);
    }

    /** RFC 9068 section 2.2: the subject of client credentials is the client. Some issuers say it with another claim. */
    private static boolean isClientItself(String subject, String client, Json.Obj claims) {
        return subject.equals(client)
                || "client-credentials".equals(claims.text("gty"))
                || "app".equals(claims.text("idtyp"));
    }

    private String client(Json.Obj claims) throws InvalidTokenException {
        var client = name(claims, mapping.client());
        return client.isEmpty() && mapping.client().equals(ClaimMapping.DEFAULT.client())
                ? name(claims, "azp")
                : client;
    }

    private String tenant(Json.Obj claims) throws InvalidTokenException {
        if (mapping.tenant().isEmpty()) {
            return "";
        }
        var tenant = name(claims, mapping.tenant());
        check(!tenant.isEmpty(), "The token has no tenant.");
        return tenant;
    }

    private Set<String> scopes(Json.Obj claims) throws InvalidTokenException {
        var found = find(claims, mapping.scopes());
        boolean alternative = found == null && mapping.scopes().equals(ClaimMapping.DEFAULT.scopes());
        return names(alternative ? claims.get("scp") : found, true);
    }

    private static String name(Json.Obj claims, String claim) throws InvalidTokenException {
        var found = find(claims, claim);
        if (found == null) {
            return "";
        }
        return name(found);
    }

    private static String name(Json value) throws InvalidTokenException {
        if (value instanceof Json.Text(String text) && !text.isBlank() && text.length() <= MAX_NAME_LENGTH) {
            return text;
        }
        throw new InvalidTokenException("A claim that must be a short text is not one.");
    }

    private static Set<String> names(@Nullable Json value, boolean separated) throws InvalidTokenException {
        var names = new LinkedHashSet<String>();
        for (var item : items(value, separated)) {
            names.add(name(item));
        }
        check(names.size() <= MAX_NAMES, "The token has more than " + MAX_NAMES + " roles or scopes.");
        return names;
    }

    private static List<Json> items(@Nullable Json value, boolean separated) {
        return switch (value) {
            case null -> List.of();
            case Json.Arr list -> list.items();
            case Json.Text(String text)
            when separated -> Json.texts(words(text)).items();
            default -> List.of(value);
        };
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ")).stream().filter(word -> !word.isEmpty()).toList();
    }

    private static @Nullable Json find(Json.Obj claims, String name) {
        if (claims.has(name)) {
            return claims.get(name);
        }
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        return find(claims, name.substring(0, dot)) instanceof Json.Obj inner
                ? inner.get(name.substring(dot + 1))
                : null;
    }

    private static Json.Obj lasting(Json.Obj claims) {
        var members = new LinkedHashMap<>(claims.members());
        members.keySet().removeAll(Principal.TOKEN_CLAIMS);
        return new Json.Obj(members);
    }
}
