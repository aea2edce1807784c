package io.breakwater.core.business.session;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Lets the client keep what a stateless server must remember. A sealed value is secret, cannot be changed, expires, and
 * opens only under the {@link SealContext} it was sealed with.
 *
 * <p>The text is base64url without padding of {@code version ‖ key id ‖ nonce ‖ AES-256-GCM(expiry ‖ payload)};
 * version, key id and the bond are the associated data. The nonce is random, which is safe for 2³² values of one key
 * (NIST SP 800-38D section 8.3): rotate the keys long before.
 *
 * <p>Single use is not implied: whoever needs it remembers what was opened. Thread-safe.
 */
public final class Sealer {
    /** The longest payload: a client sends the text back with each retry, so it must fit a request with ease. */
    public static final int MAX_PAYLOAD = 256 * 1024;

    private static final byte VERSION = 1;
    private static final int KEY_ID = Integer.BYTES;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int HEAD = 1 + KEY_ID;
    private static final int OVERHEAD = HEAD + NONCE + Long.BYTES + TAG;
    private static final int MAX_TEXT = (OVERHEAD + MAX_PAYLOAD + 2) / 3 * 4;

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final KeyRing ring;
    private final InstantSource clock;

    /** Seals and opens with this ring, and tells what has expired by this clock. */
    public Sealer(KeyRing ring, InstantSource clock) {
        this.ring = ring;
        this.clock = clock;
    }

    /**
     * Seals a payload for a while.
     *
     * @throws IllegalArgumentException when the payload is longer than {@link #MAX_PAYLOAD}
     */
    public String seal(byte[] payload, SealContext bond, Duration life) {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("A sealed value holds at most " + MAX_PAYLOAD + " bytes");
        }
        var key = ring.current();
        var head = ByteBuffer.allocate(HEAD).put(VERSION).put(key.id()).array();
        var nonce = SecureIds.bytes(NONCE);
        var plain = ByteBuffer.allocate(Long.BYTES + payload.length)
                .putLong(clock.instant().plus(life).toEpochMilli())
                .put(payload);
        return encode(head, nonce, plain.flip(), key, bond);
    }

    /** The payload, if this text was sealed by a key of the ring under that bond and has not expired. */
    public Optional<byte[]> open(String sealed, SealContext bond) {
        var bytes = decode(sealed);
        if (bytes == null || bytes.length < OVERHEAD || bytes[0] != VERSION) {
            return Optional.empty();
        }
        return ring.keys().stream()
                .filter(key -> Arrays.equals(key.id(), 0, KEY_ID, bytes, 1, HEAD))
                .findFirst()
                .flatMap(key -> decrypt(bytes, key, bond))
                .filter(plain -> ByteBuffer.wrap(plain).getLong() > clock.millis())
                .map(plain -> Arrays.copyOfRange(plain, Long.BYTES, plain.length));
    }

    private static String encode(byte[] head, byte[] nonce, ByteBuffer plain, KeyRing.Key key, SealContext bond) {
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0, head, bond);
            var out = ByteBuffer.allocate(HEAD + NONCE + plain.remaining() + TAG);
            cipher.doFinal(plain, out.put(head).put(nonce));
            return TEXT.encodeToString(out.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES/GCM", e);
        }
    }

    private static Optional<byte[]> decrypt(byte[] bytes, KeyRing.Key key, SealContext bond) {
        try {
            var head = Arrays.copyOf(bytes, HEAD);
            var start = HEAD + NONCE;
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, bytes, HEAD, head, bond)
                    .doFinal(bytes, start, bytes.length - start));
        } catch (GeneralSecurityException ignored) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, KeyRing.Key key, byte[] nonce, int at, byte[] head, SealContext bond)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG * Byte.SIZE, nonce, at, NONCE));
        cipher.updateAAD(head);
        cipher.updateAAD(bond.bytes());
        return cipher;
    }

    /** The bytes; null for anything but the one text that {@link #encode} makes of them. */
    private static byte @Nullable [] decode(String sealed) {
        if (sealed.length() > MAX_TEXT) {
            return null;
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(sealed);
            return TEXT.encodeToString(bytes).equals(sealed) ? bytes : null;
        } catch (IllegalArgumentException ignored) {
            return null;
        }
    }
}
