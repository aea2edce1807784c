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
 * The keys of a {@link Sealer}: the first one seals, all of them open. To rotate, put a new secret in front and drop
 * the old one when everything sealed with it has expired; all replicas of a server share the ring.
 *
 * <p>A key is known by an id that is derived from its secret, so there is no id to configure, and none to mix up.
 */
public final class KeyRing {
    /** The fewest bytes a secret may have. */
    public static final int SECRET_BYTES = 32;

    private @Nullable Supplier<List<Key>> source; // guarded by this, null once its keys are there
    private List<Key> keys = List.of(); // guarded by this

    private KeyRing(Supplier<List<Key>> source) {
        this.source = source;
    }

    /**
     * A ring of these secrets, the newest first.
     *
     * @throws IllegalArgumentException when there is none, or one is too short or there twice; the message says which
     */
    public static KeyRing of(List<byte[]> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("A key ring needs at least one secret");
        }
        var keys = keysOf(secrets);
        return new KeyRing(() -> keys);
    }

    /**
     * A ring of one random secret, drawn when something is sealed for the first time: what it seals opens in this
     * process only, and until it ends.
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
        var place = "Secret " + (before.size() + 1) + " of the key ring ";
        if (secret.length < SECRET_BYTES) {
            throw new IllegalArgumentException(
                    place + "has " + secret.length + " bytes; it needs " + SECRET_BYTES + " random ones or more");
        }
        var id = Arrays.copyOf(derive(secret, "id"), Integer.BYTES);
        if (before.stream().anyMatch(other -> Arrays.equals(other.id(), id))) {
            throw new IllegalArgumentException(place + "is there twice");
        }
        return new Key(id, new SecretKeySpec(derive(secret, "seal"), "AES"));
    }

    /** A value of its own for each use, so that none of them tells anything about the secret or another use. */
    private static byte[] derive(byte[] secret, String use) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(("breakwater " + use).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    /** One key and the four bytes it is known by. */
    record Key(byte[] id, SecretKeySpec secret) {}
}
