package io.breakwater.core.business.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a {@link Sealer}: the first key seals, and all keys open. To rotate keys, put a new secret first, and
 * remove the old one when all values that it sealed have expired. All replicas of a server use the same ring.
 *
 * <p>The id of a key is derived from its secret, so that there is no id to configure or to confuse.
 */
public final class KeyRing {
    /** The minimum length of a secret in bytes. */
    public static final int SECRET_BYTES = 32;

    private @Nullable Supplier<List<Key>> source; // guarded by this; null after the keys were loaded
    private List<Key> keys = List.of(); // guarded by this

    private KeyRing(Supplier<List<Key>> source) {
        this.source = source;
    }

    /**
     * Creates a ring of secrets, the newest first.
     *
     * @throws IllegalArgumentException if there is no secret, or if one is too short or appears twice; the message says
     *     which
     */
    public static KeyRing of(List<byte[]> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("A key ring needs at least one secret");
        }
        var keys = keysOf(secrets);
        return new KeyRing(() -> keys);
    }

    /**
     * Creates a ring with one random secret, which is generated at the first use. Only this process can open what it
     * seals, until it ends.
     */
    public static KeyRing generated() {
        return new KeyRing(() -> keysOf(List.of(SecureIds.bytes(SECRET_BYTES))));
    }

    Key current() {
        return keys().getFirst();
    }

    synchronized List<Key> keys() {
        if (source != null) {
            keys = source.get();
            source = null;
        }
        return keys;
    }

    private static List<Key> keysOf(List<byte[]> secrets) {
        var keys = new ArrayList<Key>();
        for (var secret : secrets) {
            keys.add(key(secret, keys));
        }
        return List.copyOf(keys);
    }

    private static Key key(byte[] secret, List<Key> before) {
        var position = "Secret " + (before.size() + 1) + " of the key ring ";
        if (secret.length < SECRET_BYTES) {
            throw new IllegalArgumentException(
                    position + "has " + secret.length + " bytes; it needs " + SECRET_BYTES + " random ones or more");
        }
        var id = Arrays.copyOf(derive(secret, "id"), Integer.BYTES);
        if (before.stream().anyMatch(other -> Arrays.equals(other.id(), id))) {
            throw new IllegalArgumentException(position + "appears twice");
        }
        return new Key(id, new SecretKeySpec(derive(secret, "seal"), "AES"));
    }

    /** Derives a separate value for each use, so that none reveals the secret or another value. */
    private static byte[] derive(byte[] secret, String use) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(("breakwater " + use).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing; every JDK must provide it", e);
        }
    }

    /** One key and its id of four bytes. */
    record Key(byte[] id, SecretKeySpec secret) {}
}
