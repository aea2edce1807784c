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
 * Seals state that the client stores for a stateless server. A sealed value is encrypted and authenticated, expires,
 * and opens only under the {@link SealContext} with which it was sealed.
 *
 * <p>The text is base64url without padding of {@code version ‖ key id ‖ nonce ‖ AES-256-GCM(expiry ‖ payload)};
 * version, key id and the context are the associated data. The nonce is random, which is safe for 2³² values of one key
 * (NIST SP 800-38D section 8.3): rotate the keys long before.
 *
 * <p>A value can be opened more than once; a caller that needs single use must remember the values that it opened.
 * Thread-safe.
 */
public final class Sealer {
    /**
     * The maximum length of a payload in bytes. A client sends the text back with each retry, so it must easily fit
     * into a request.
     */
    public static final int MAX_PAYLOAD = 256 * 1024;

    /** The length of the end of a text that contains the whole authentication tag, so that no two texts share it. */
    public static final int TAG_CHARACTERS = 24;

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

    /** Creates a sealer with a key ring and the clock that determines expiry. */
    public Sealer(KeyRing ring, InstantSource clock) {
        this.ring = ring;
        this.clock = clock;
    }

    /**
     * Seals a payload.
     *
     * @param ttl the time after which the value cannot be opened any more
     * @throws IllegalArgumentException if the payload is longer than {@link #MAX_PAYLOAD}
     */
    public String seal(byte[] payload, SealContext context, Duration ttl) {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("A sealed value holds at most " + MAX_PAYLOAD + " bytes");
        }
        var key = ring.current();
        var head = ByteBuffer.allocate(HEAD).put(VERSION).put(key.id()).array();
        var nonce = SecureIds.bytes(NONCE);
        var plain = ByteBuffer.allocate(Long.BYTES + payload.length)
                .putLong(clock.instant().plus(ttl).toEpochMilli())
                .put(payload);
        return encode(head, nonce, plain.flip(), key, context);
    }

    /** Returns the payload, if a key of the ring sealed this text under this context and it has not expired. */
    public Optional<byte[]> open(String sealed, SealContext context) {
        var bytes = decode(sealed);
        if (bytes == null || bytes.length < OVERHEAD || bytes[0] != VERSION) {
            return Optional.empty();
        }
        return ring.keys().stream()
                .filter(key -> Arrays.equals(key.id(), 0, KEY_ID, bytes, 1, HEAD))
                .findFirst()
                .flatMap(key -> decrypt(bytes, key, context))
                .filter(plain -> ByteBuffer.wrap(plain).getLong() > clock.millis())
                .map(plain -> Arrays.copyOfRange(plain, Long.BYTES, plain.length));
    }

    private static String encode(byte[] head, byte[] nonce, ByteBuffer plain, KeyRing.Key key, SealContext context) {
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0, head, context);
            var out = ByteBuffer.allocate(HEAD + NONCE + plain.remaining() + TAG);
            cipher.doFinal(plain, out.put(head).put(nonce));
            return TEXT.encodeToString(out.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM is missing; every JDK must provide it", e);
        }
    }

    private static Optional<byte[]> decrypt(byte[] bytes, KeyRing.Key key, SealContext context) {
        try {
            var head = Arrays.copyOf(bytes, HEAD);
            var start = HEAD + NONCE;
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, bytes, HEAD, head, context)
                    .doFinal(bytes, start, bytes.length - start));
        } catch (GeneralSecurityException ignored) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, KeyRing.Key key, byte[] nonce, int at, byte[] head, SealContext context)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG * Byte.SIZE, nonce, at, NONCE));
        cipher.updateAAD(head);
        cipher.updateAAD(context.bytes());
        return cipher;
    }

    /** Decodes a text; returns null for every text that {@link #encode} would not produce. */
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
