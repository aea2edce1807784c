package io.breakwater.bootstrap.tlog;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A public key for notes. Its text form is {@code NAME+KEY_ID+KEY}, which other tools for signed notes read too. */
public final class NoteVerifier {
    private static final Pattern TEXT = Pattern.compile("([^+\\s]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+=*)");

    private final String name;
    private final byte[] keyId;
    private final PublicKey key;

    private NoteVerifier(String name, PublicKey key) {
        this.name = name;
        this.key = key;
        this.keyId = Ed25519.keyId(name, Ed25519.bytes(key));
    }

    static NoteVerifier of(String name, PublicKey key) {
        return new NoteVerifier(name, key);
    }

    /** Returns true if a key may have this name: it is not empty, and has neither spaces nor {@code +}. */
    public static boolean isName(String name) {
        return name.matches("[^+\\s\\p{Z}\\p{C}]+");
    }

    /**
     * Parses the text form.
     *
     * @throws InvalidNoteException if it is not the text of an Ed25519 key
     */
    public static NoteVerifier parse(String text) {
        var matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidNoteException("the key does not have the form NAME+KEY_ID+KEY");
        }
        var verifier = new NoteVerifier(matcher.group(1), Ed25519.publicKey(keyBytes(matcher.group(3))));
        if (!HexFormat.of().formatHex(verifier.keyId).equals(matcher.group(2))) {
            throw new InvalidNoteException("the id of the key does not belong to its name and its bytes");
        }
        return verifier;
    }

    /** Returns the bytes of a key after the byte for its type. */
    static byte[] keyBytes(String base64) {
        byte[] typed;
        try {
            typed = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidNoteException("the key is not Base64", invalid);
        }
        if (typed.length != 1 + Ed25519.KEY_BYTES || typed[0] != Ed25519.SIGNATURE_TYPE) {
            throw new InvalidNoteException("the key is not an Ed25519 key");
        }
        return Arrays.copyOfRange(typed, 1, typed.length);
    }

    /** Returns the name of the key. */
    public String name() {
        return name;
    }

    byte[] keyId() {
        return keyId;
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            var algorithm = Signature.getInstance("Ed25519");
            algorithm.initVerify(key);
            algorithm.update(text);
            return algorithm.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** Returns the text form. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().formatHex(keyId) + "+" + typed(Ed25519.bytes(key));
    }

    static String typed(byte[] key) {
        var typed = new byte[1 + key.length];
        typed[0] = Ed25519.SIGNATURE_TYPE;
        System.arraycopy(key, 0, typed, 1, key.length);
        return Base64.getEncoder().encodeToString(typed);
    }
}
