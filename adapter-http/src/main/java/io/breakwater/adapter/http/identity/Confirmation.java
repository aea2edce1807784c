package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;

import io.breakwater.port.Json;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claim {@code cnf} of a token (RFC 7800), which binds it to a key of its owner. Only the thumbprint of a key is
 * supported (RFC 9449 section 6.1). A token that is bound in another way, for example to a certificate, is not valid,
 * because the server could not check that its sender is the owner.
 */
final class Confirmation {
    private static final String CLAIM = "cnf";
    private static final String THUMBPRINT = "jkt";

    /** A SHA-256 digest in base64url. */
    private static final Pattern SHA_256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    private Confirmation() {}

    /** Returns the thumbprint of the key to which these claims bind the token; null if they do not bind it. */
    static @Nullable String keyThumbprint(Json.Obj claims) throws InvalidTokenException {
        if (!claims.has(CLAIM)) {
            return null;
        }
        var thumbprint =
                claims.get(CLAIM) instanceof Json.Obj cnf && cnf.members().size() == 1 ? cnf.text(THUMBPRINT) : null;
        check(
                thumbprint != null && SHA_256.matcher(thumbprint).matches(),
                "The token is bound to a key in a way that is not supported (cnf).");
        return thumbprint;
    }
}
