package io.breakwater.bootstrap.tlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures (C2SP signed-note). The text counts only after {@link #verifiedText}.
 *
 * @param content the text, a blank line and one line for each signature
 */
public record SignedNote(String content) {
    private static final String BLANK_LINE = "\n\n";
    private static final String SIGNATURE_LINE = "— ";
    private static final int MAX_SIGNATURES = 100;
    private static final int MAX_LENGTH = 1 << 20;

    static SignedNote of(String text, NoteVerifier key, byte[] signature) {
        var withId = new byte[Ed25519.KEY_ID_BYTES + signature.length];
        System.arraycopy(key.keyId(), 0, withId, 0, Ed25519.KEY_ID_BYTES);
        System.arraycopy(signature, 0, withId, Ed25519.KEY_ID_BYTES, signature.length);
        return new SignedNote(text + "\n" + SIGNATURE_LINE + key.name() + " "
                + Base64.getEncoder().encodeToString(withId) + "\n");
    }

    /**
     * Returns the text if the key has signed it. Signatures of other keys do not matter.
     *
     * @throws InvalidNoteException if it is not a note, or this key has not signed it
     */
    public String verifiedText(NoteVerifier key) {
        int end = content.lastIndexOf(BLANK_LINE);
        if (content.length() > MAX_LENGTH || end < 0 || !content.endsWith("\n") || hasControlCharacters()) {
            throw new InvalidNoteException("it is not a signed note");
        }
        var text = content.substring(0, end + 1);
        var lines = content.substring(end + BLANK_LINE.length()).lines().toList();
        if (lines.size() > MAX_SIGNATURES) {
            throw new InvalidNoteException("it has more than " + MAX_SIGNATURES + " signatures");
        }
        check(text, lines, key);
        return text;
    }

    private boolean hasControlCharacters() {
        return content.chars().anyMatch(c -> c < ' ' && c != '\n');
    }

    private static void check(String text, List<String> lines, NoteVerifier key) {
        boolean signed = false;
        for (var line : lines) {
            var signature = signature(line, key);
            if (signature.length == 0) {
                continue;
            }
            if (!key.verifies(text.getBytes(StandardCharsets.UTF_8), signature)) {
                throw new InvalidNoteException("its signature of the key " + key + " is wrong");
            }
            signed = true;
        }
        if (!signed) {
            throw new InvalidNoteException("the key " + key + " has not signed it");
        }
    }

    /** Returns the signature of a line, or nothing if it belongs to another key. */
    private static byte[] signature(String line, NoteVerifier key) {
        var words = line.split(" ", -1);
        if (words.length != 3 || !line.startsWith(SIGNATURE_LINE)) {
            throw new InvalidNoteException("a line after its text is not a signature");
        }
        try {
            var withId = Base64.getDecoder().decode(words[2]);
            boolean own = words[1].equals(key.name())
                    && withId.length > Ed25519.KEY_ID_BYTES
                    && Arrays.equals(Arrays.copyOf(withId, Ed25519.KEY_ID_BYTES), key.keyId());
            return own ? Arrays.copyOfRange(withId, Ed25519.KEY_ID_BYTES, withId.length) : new byte[0];
        } catch (IllegalArgumentException invalid) {
            throw new InvalidNoteException("a signature is not Base64", invalid);
        }
    }
}
