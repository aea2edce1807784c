package io.breakwater.bootstrap.tlog;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A private key for notes. {@link #secretText} is {@code PRIVATE+KEY+NAME+KEY_ID+KEY}, which other tools for signed notes
 * read too; {@link #toString} does not contain the key.
 */
public final class NoteSigner {
    private static final Pattern TEXT =
            Pattern.compile("PRIVATE\\+KEY\\+([^+\\s]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+=*)");

    private final byte[] seed;
    private final KeyPair pair;
    private final NoteVerifier verifier;

    private NoteSigner(String name, byte[] seed) {
        this.seed = seed;
        this.pair = Ed25519.fromSeed(seed);
        this.verifier = NoteVerifier.of(name, pair.getPublic());
    }

    /** Generates a key. */
    public static NoteSigner generate(String name) {
        var seed = new byte[Ed25519.KEY_BYTES];
        new SecureRandom().nextBytes(seed);
        return new NoteSigner(name, seed);
    }

    /**
     * Parses the secret text form.
     *
     * @throws InvalidNoteException if it is not the text of an Ed25519 key; the message does not contain the text
     */
    public static NoteSigner parse(String text) {
        var matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidNoteException("the key does not have the form PRIVATE+KEY+NAME+KEY_ID+KEY");
        }
        var signer = new NoteSigner(matcher.group(1), NoteVerifier.keyBytes(matcher.group(3)));
        if (!HexFormat.of().formatHex(signer.verifier.keyId()).equals(matcher.group(2))) {
            throw new InvalidNoteException("the id of the key does not belong to its name and its bytes");
        }
        return signer;
    }

    /** Returns the public key. */
    public NoteVerifier verifier() {
        return verifier;
    }

    /**
     * Signs a text.
     *
     * @param text ends with a line break
     */
    public SignedNote sign(String text) {
        try {
            var algorithm = Signature.getInstance("Ed25519");
            algorithm.initSign(pair.getPrivate());
            algorithm.update(text.getBytes(StandardCharsets.UTF_8));
            return SignedNote.of(text, verifier, algorithm.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform since 15 must have Ed25519.", e);
        }
    }

    /** Returns the secret text form, which must go nowhere but to a file that only the server can read. */
    public String secretText() {
        return "PRIVATE+KEY+" + verifier.name() + "+" + HexFormat.of().formatHex(verifier.keyId()) + "+"
                + NoteVerifier.typed(seed);
    }

    /** Returns the text form of the public key. */
    @Override
    public String toString() {
        return verifier.toString();
    }
}
