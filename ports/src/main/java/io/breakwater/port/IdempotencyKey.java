package io.breakwater.port;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A key that identifies one intended effect, however often its call is repeated. It belongs to one principal and one
 * tool. Immutable.
 *
 * @param digest the SHA-256 digest of the tenant, the principal, the tool and the caller's key, as 64 lower-case
 *     hexadecimal digits
 * @param tool the name of the tool, for operators
 * @param fingerprint the SHA-256 digest of the canonical arguments, as 64 lower-case hexadecimal digits
 * @param retention the time after which the key may be forgotten
 */
public record IdempotencyKey(String digest, String tool, String fingerprint, Duration retention) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** Refuses digests of another form, and a retention that is not positive. */
    public IdempotencyKey {
        requireDigest(digest, "digest");
        requireDigest(fingerprint, "fingerprint");
        requireNonNull(tool, "IdempotencyKey.tool must not be null.");
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("IdempotencyKey.retention must be positive, not " + retention + ".");
        }
    }

    private static void requireDigest(String text, String component) {
        if (!SHA_256.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "IdempotencyKey." + component + " must have 64 lower-case hexadecimal digits.");
        }
    }
}
