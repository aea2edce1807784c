package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.breakwater.port.Json;
import io.breakwater.port.driven.ProofVerifier.ProvedRequest;
import io.breakwater.port.support.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The claims of a proof that is for a certain request (RFC 9449 sections 4.2 and 4.3).
 *
 * @param id its identifier
 * @param expires when it is too old
 */
record ProofClaims(String id, Instant expires) {
    static final Duration MAX_AGE = Duration.ofSeconds(60);
    static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private static final int MAX_ID_LENGTH = 256;

    static ProofClaims of(Json.Obj claims, ProvedRequest request, Instant now) throws InvalidTokenException {
        var id = claims.text("jti");
        if (id == null || id.isBlank() || id.length() > MAX_ID_LENGTH) {
            throw new InvalidTokenException("The proof has no identifier of at most 256 characters (jti).");
        }
        check(
                !request.method().isEmpty() && request.method().equals(claims.text("htm")),
                "The method of the proof (htm) is not that of the request.");
        var expires = expiry(claims, now);
        var url = claims.text("htu");
        if (url == null || !(url.equals(request.url()) || HttpUrl.same(url, request.url()))) {
            throw new InvalidTokenException(
                    "The URL of the proof (htu) is not that of this server, which is " + request.url() + ".");
        }
        check(
                hash(request.token()).equals(claims.text("ath")),
                "The proof is not for the access token of the request (ath).");
        return new ProofClaims(id, expires);
    }

    private static Instant expiry(Json.Obj claims, Instant now) throws InvalidTokenException {
        var issued = ClaimsCheck.time(claims, "iat");
        if (issued == null) {
            throw new InvalidTokenException("The proof has no time of issue (iat).");
        }
        check(!now.plus(CLOCK_SKEW).isBefore(issued), "The proof was issued in the future (iat).");
        var expires = issued.plus(MAX_AGE);
        check(now.isBefore(expires), "The proof is older than 60 s (iat).");
        var claimed = ClaimsCheck.time(claims, "exp");
        check(claimed == null || now.isBefore(claimed.plus(CLOCK_SKEW)), "The proof has expired (exp).");
        var begin = ClaimsCheck.time(claims, "nbf");
        check(begin == null || !now.plus(CLOCK_SKEW).isBefore(begin), "The proof is not valid yet (nbf).");
        return expires;
    }

    private static String hash(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(token.getBytes(US_ASCII)));
    }
}
