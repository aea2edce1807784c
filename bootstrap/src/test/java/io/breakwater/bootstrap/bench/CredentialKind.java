package io.breakwater.bootstrap.bench;

import io.breakwater.port.Json;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SignedToken;
import io.breakwater.sample.identity.SigningKey;
import java.util.Base64;
import java.util.SplittableRandom;

/** Credentials for load tests, a different one for each number: the header fields that contain them. */
enum CredentialKind {
    /** No credential. */
    NONE {
        @Override
        String fields(Source source, long number) {
            return "";
        }
    },
    /** A valid token of a different user. */
    VALID {
        @Override
        String fields(Source source, long number) {
            return bearer(source.token(number).sign(source.key));
        }
    },
    /** A valid token of a different user, signed with a shared secret, which takes little time. */
    VALID_BY_SECRET {
        @Override
        String fields(Source source, long number) {
            return bearer(source.tokenBySecret(number).sign(source.secret));
        }
    },
    /** A valid token of a different user with 4 KiB of claims. */
    VALID_LARGE {
        @Override
        String fields(Source source, long number) {
            var groups = new Json[LARGE_GROUPS];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = Json.of("group-" + i + "-" + number);
            }
            return bearer(source.tokenBySecret(number)
                    .claim("groups", Json.array(groups))
                    .sign(source.secret));
        }
    },
    /** A text that is no token. */
    GARBAGE {
        @Override
        String fields(Source source, long number) {
            return bearer(random(number, GARBAGE_BYTES));
        }
    },
    /** A token with a key id that the issuer does not have. */
    UNKNOWN_KEY_ID {
        @Override
        String fields(Source source, long number) {
            var token = source.token(number).header("alg", Json.of(ALGORITHM)).header("kid", Json.of("key-" + number));
            return bearer(token.withSignature(random(number, SIGNATURE_BYTES)));
        }
    },
    /** A token with a wrong signature. */
    WRONG_SIGNATURE {
        @Override
        String fields(Source source, long number) {
            return bearer(source.unsigned(source.token(number), number));
        }
    },
    /** A token that has expired, or that is for another server. */
    WRONG_CLAIMS {
        @Override
        String fields(Source source, long number) {
            var token = source.token(number);
            var wrong = number % 2 == 0 ? token.claim("exp", Json.of(1)) : token.claim("aud", "https://other.example");
            return bearer(source.unsigned(wrong, number));
        }
    },
    /** A token with a wrong signature, through a proxy that names a different caller each time. */
    WRONG_SIGNATURE_FORWARDED {
        @Override
        String fields(Source source, long number) {
            return WRONG_SIGNATURE.fields(source, number) + forwarded(number);
        }
    },
    /** An API key with a different id. */
    API_KEY_ID {
        @Override
        String fields(Source source, long number) {
            return bearer("bw_k%09d.%s".formatted(number, SECRET));
        }
    },
    /** The same API key, which does not exist, through a proxy that names a different caller each time. */
    API_KEY_FORWARDED {
        @Override
        String fields(Source source, long number) {
            return API_KEY_ID.fields(source, 0) + forwarded(number);
        }
    };

    static final String ALGORITHM = "ES256";
    private static final int SIGNATURE_BYTES = 64;
    private static final int GARBAGE_BYTES = 150;
    private static final int LARGE_GROUPS = 130;
    private static final String SECRET = "A".repeat(43);

    /** Returns header fields, each with its line end. */
    abstract String fields(Source source, long number);

    private static String bearer(String text) {
        return "Authorization: Bearer " + text + "\r\n";
    }

    static String forwarded(long number) {
        return "X-Forwarded-For: 100.%d.%d.%d\r\n".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
    }

    private static String random(long number, int length) {
        var bytes = new byte[length];
        new SplittableRandom(number).nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The issuer of the tokens.
     *
     * @param secret the secret that the issuer {@code breakwater} shares with the server under load
     * @param audience the audience of the server under load
     */
    record Source(OpenIdProvider provider, SigningKey key, SigningKey secret, String audience) {
        private SignedToken token(long number) {
            return provider.token(audience).claim("sub", "user-" + number).claim("jti", "token-" + number);
        }

        private SignedToken tokenBySecret(long number) {
            return token(number).claim("iss", "breakwater");
        }

        private String unsigned(SignedToken token, long number) {
            return token.header("alg", Json.of(ALGORITHM))
                    .header("kid", Json.of(key.id()))
                    .withSignature(random(number, SIGNATURE_BYTES));
        }
    }
}
