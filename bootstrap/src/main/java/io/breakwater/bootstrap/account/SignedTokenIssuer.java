package io.breakwater.bootstrap.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.Json;
import io.breakwater.port.driven.TokenIssuer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Issues JSON Web Tokens (RFC 7519) that it signs with HS256 and a secret of all servers of the deployment. */
public final class SignedTokenIssuer implements TokenIssuer {
    /** The minimum length of the secret (RFC 7518 section 3.2). */
    public static final int MIN_SECRET_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 16;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = BASE64.encodeToString(Json.object()
            .put("alg", "HS256")
            .put("typ", "JWT")
            .build()
            .toString()
            .getBytes(UTF_8));

    private final SecretKeySpec key;
    private final String issuer;
    private final String audience;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Creates an issuer.
     *
     * @param issuer the claim {@code iss} of the tokens
     * @param audience the claim {@code aud} of the tokens: the public URL of the server
     */
    public SignedTokenIssuer(byte[] secret, String issuer, String audience, InstantSource clock) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("The secret that signs tokens must have at least " + MIN_SECRET_BYTES
                    + " bytes, but has " + secret.length + ".");
        }
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    @Override
    public IssuedToken issue(TokenRequest request) {
        var issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var expires = issued.plus(request.lifetime()).truncatedTo(ChronoUnit.SECONDS);
        var id = request.group().isEmpty() ? randomId() : request.group() + "." + randomId();
        var claims = Json.object()
                .put("iss", issuer)
                .put("aud", audience)
                .put("sub", request.subject())
                .put("user_id", request.userId())
                .put("roles", Json.texts(request.roles().stream().sorted().toList()))
                .put("iat", issued.getEpochSecond())
                .put("exp", expires.getEpochSecond())
                .put("jti", id)
                .build();
        return new IssuedToken(sign(claims), id, expires);
    }

    private String sign(Json.Obj claims) {
        var text = HEADER + "." + BASE64.encodeToString(claims.toString().getBytes(UTF_8));
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return text + "." + BASE64.encodeToString(mac.doFinal(text.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    private String randomId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }
}
