package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;

import io.breakwater.adapter.http.identity.HeaderCheck.KeyReference;
import io.breakwater.adapter.http.identity.VerificationKeys.Absent;
import io.breakwater.adapter.http.identity.VerificationKeys.Found;
import io.breakwater.adapter.http.identity.VerificationKeys.NotLoaded;
import io.breakwater.adapter.http.identity.VerificationKeys.Unreachable;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.TokenVerifier.Candidate;
import io.breakwater.port.driven.TokenVerifier.Inspection;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.driven.TokenVerifier.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;

/** Verifies the tokens of one issuer. */
final class TrustedIssuer {
    private static final Rejected BAD_SIGNATURE = new Rejected("The signature of the token is not valid.");

    private final String name;
    private final HeaderCheck header;
    private final ClaimsCheck claims;
    private final PrincipalMapper mapper;
    private final VerificationKeys keys;
    private final InstantSource clock;

    TrustedIssuer(JwtIssuer issuer, VerificationKeys keys, InstantSource clock) {
        this.name = issuer.issuer();
        this.header = new HeaderCheck(issuer);
        this.claims = new ClaimsCheck(issuer.audiences(), issuer.clockSkew());
        this.mapper = new PrincipalMapper(issuer.claims());
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Inspects a token.
     *
     * @param text the token as it was sent
     * @param token its parts
     */
    Inspection inspect(String text, CompactToken token) throws InvalidTokenException {
        var key = header.keyOf(token.header());
        check(
                key.algorithm().canHaveSignature(token.signature().length),
                "The signature of the token has a wrong length.");
        var expires = claims.expiry(token.claims(), clock.instant());
        return keys.find(key) instanceof Absent(var known)
                ? unknownKey(key, known)
                : new SignedToken(text, key, expires);
    }

    private Rejected unknownKey(KeyReference key, Collection<String> known) {
        var wanted = key.keyId() == null ? "no id (kid)" : "the id " + ClaimText.of(Json.of(key.keyId()));
        return new Rejected(
                "The issuer " + name + " has no single key for a token with " + wanted + " and the algorithm "
                        + key.algorithm().text() + "; it publishes the keys "
                        + (known.isEmpty() ? "without ids" : ClaimText.of(known)) + ".");
    }

    private Verification verify(String text, SignatureVerifier verifier, Instant expires) {
        try {
            var token = CompactToken.parse(text);
            if (!verifier.verify(token.signingInput(), token.signature())) {
                return BAD_SIGNATURE;
            }
            var principal = mapper.principal(name, token.claims());
            var thumbprint = Confirmation.keyThumbprint(token.claims());
            return new Valid(principal, expires, mapper.tokenId(token.claims()), expires, thumbprint);
        } catch (InvalidTokenException e) {
            return e.rejected();
        }
    }

    /**
     * A token that passed all checks except that of its signature. Many tokens may wait for their verification, and their
     * claims occupy up to twenty times as much memory as their texts, so it keeps the text only.
     */
    private final class SignedToken implements Candidate {
        private final String text;
        private final KeyReference key;
        private final Instant expires;

        SignedToken(String text, KeyReference key, Instant expires) {
            this.text = text;
            this.key = key;
            this.expires = expires;
        }

        @Override
        public Verification verify(CallContext context) {
            return switch (keys.load(key, context)) {
                case Found(var verifier) -> TrustedIssuer.this.verify(text, verifier, expires);
                case Absent(var known) -> unknownKey(key, known);
                case NotLoaded() ->
                    new Unavailable("The keys of the issuer " + name + " are not loaded.", Duration.ofSeconds(1));
                case Unreachable(var reason, var retryAfter) -> new Unavailable(reason, retryAfter);
            };
        }
    }
}
