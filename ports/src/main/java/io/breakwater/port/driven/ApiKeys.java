package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.Principal;
import io.breakwater.port.support.ApiKeyFormat;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API keys that the server accepts: {@code bw_<id>.<secret>}, where the secret has 256 random bits. A source stores
 * the digest of a secret only. Thread-safe. Contract: {@code ApiKeysContract}.
 */
public interface ApiKeys {
    /** A source without keys. */
    ApiKeys NONE = id -> Optional.empty();

    /**
     * Returns a source that has exactly these keys.
     *
     * @throws IllegalArgumentException if two keys have the same id
     */
    static ApiKeys of(Collection<ApiKey> keys) {
        var byId = new HashMap<String, ApiKey>();
        for (var key : keys) {
            if (byId.put(key.id(), key) != null) {
                throw new IllegalArgumentException("Two API keys have the id '" + key.id() + "'.");
            }
        }
        var copy = Map.copyOf(byId);
        return id -> Optional.ofNullable(copy.get(id));
    }

    /**
     * Returns the key with that id, also an expired one: the caller checks. Never blocks: a source with a file or a
     * service keeps its keys in memory, so that a key that was revoked is absent within a second.
     *
     * @param id the id, or {@link ApiKeyFormat#NO_ID} for the one key whose whole text is
     *     its secret
     */
    Optional<ApiKey> find(String id);

    /**
     * One API key.
     *
     * @param id its id, which is not secret
     * @param principal the identity and rights that it gives
     * @param secrets the secrets that are valid; more than one while a key is rotated
     * @param expires when the key expires; null for never
     */
    record ApiKey(
            String id,
            Principal principal,
            List<SecretDigest> secrets,
            @Nullable Instant expires) {
        /** Refuses null, and copies the list. */
        public ApiKey {
            requireNonNull(id, "ApiKey.id must not be null.");
            requireNonNull(principal, "ApiKey.principal must not be null.");
            secrets = List.copyOf(secrets);
        }

        /**
         * Returns a key that does not expire.
         *
         * @param text the whole key, as callers send it; only the digest of its secret is kept
         * @throws IllegalArgumentException if the text does not have the format of an API key
         */
        public static ApiKey of(String text, Principal principal) {
            var parts = ApiKeyFormat.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException("The text is not an API key: bw_<id>.<secret>."));
            var secret = new SecretDigest(ApiKeyFormat.digest(parts.secret()), null);
            return new ApiKey(parts.id(), principal, List.of(secret), null);
        }
    }

    /**
     * The digest of a secret.
     *
     * @param sha256 the SHA-256 digest of the secret's text in ASCII, 32 bytes; not copied. A slow hash would protect
     *     no better, because 256 random bits cannot be guessed
     * @param expires when the secret expires, which is the end of a rotation; null for never
     */
    record SecretDigest(byte[] sha256, @Nullable Instant expires) {
        /** Refuses a digest of another length. */
        public SecretDigest {
            if (sha256.length != 32) {
                throw new IllegalArgumentException("A SHA-256 digest has 32 bytes, not " + sha256.length);
            }
        }
    }
}
