package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;

import io.breakwater.port.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the header of a token against the settings of its issuer. Keys and addresses of keys in the header
 * ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are never used.
 */
final class HeaderCheck {
    private static final int MAX_KEY_ID_LENGTH = 256;
    private static final String ACCESS_TOKEN = "at+jwt";
    private static final Set<String> TYPES =
            Set.of("jwt", ACCESS_TOKEN, "application/jwt", "application/" + ACCESS_TOKEN);
    private static final List<String> REFUSED = List.of("crit", "b64", "zip", "enc");

    private final JwtIssuer issuer;

    HeaderCheck(JwtIssuer issuer) {
        this.issuer = issuer;
    }

    /** Returns the key that the token names. */
    KeyReference keyOf(Json.Obj header) throws InvalidTokenException {
        for (var name : REFUSED) {
            check(!header.has(name), "The header of the token has the parameter " + name + ".");
        }
        checkType(header.get("typ"));
        return new KeyReference(keyId(header.get("kid")), algorithm(header));
    }

    private void checkType(@Nullable Json type) throws InvalidTokenException {
        if (type == null) {
            check(!issuer.requireAccessTokenType(), "The token has no type, but " + ACCESS_TOKEN + " is required.");
            return;
        }
        var text = type instanceof Json.Text(String value) ? value.toLowerCase(Locale.ROOT) : "";
        check(TYPES.contains(text), "The type of the token is not that of an access token.");
        check(
                text.endsWith(ACCESS_TOKEN) || !issuer.requireAccessTokenType(),
                "The type of the token is not " + ACCESS_TOKEN + ".");
    }

    private static @Nullable String keyId(@Nullable Json kid) throws InvalidTokenException {
        if (kid == null) {
            return null;
        }
        var text = kid instanceof Json.Text(String value) ? value : "";
        check(!text.isEmpty() && text.length() <= MAX_KEY_ID_LENGTH, "The key id of the token is not a short text.");
        return text;
    }

    private SigningAlgorithm algorithm(Json.Obj header) throws InvalidTokenException {
        var name = header.text("alg");
        var algorithm = name == null ? null : SigningAlgorithm.named(name);
        if (algorithm == null || !issuer.algorithms().contains(algorithm)) {
            var accepted =
                    issuer.algorithms().stream().map(SigningAlgorithm::text).sorted();
            throw new InvalidTokenException("The algorithm of the token (alg) is " + ClaimText.of(header.get("alg"))
                    + ", but for its issuer this server accepts " + accepted.collect(Collectors.joining(", ")) + ".");
        }
        return algorithm;
    }

    /** The key that verifies a token; without an id, it is the only one for the algorithm. */
    record KeyReference(@Nullable String keyId, SigningAlgorithm algorithm) {}
}
