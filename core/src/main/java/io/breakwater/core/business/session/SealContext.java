package io.breakwater.core.business.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * What a sealed value is tied to. It opens only for the same purpose, principal, method, target and arguments: a client
 * cannot take the state of one call to another, nor to another caller.
 *
 * @param purpose what the value is for
 * @param principal whom it was given to
 * @param method the MCP method it was given for
 * @param target what that method was aimed at: a tool's or prompt's name, a resource's URI; empty for lists
 * @param digest stands for the arguments; see {@link #digestOf}
 */
public record SealContext(Purpose purpose, String principal, String method, String target, byte[] digest) {

    /** What sealed values are for. */
    public enum Purpose {
        /** The {@code requestState} of a call that waits for answers. */
        REQUEST_STATE,
        /** The {@code cursor} of a list. */
        CURSOR
    }

    private static final byte[] NOTHING = new byte[0];

    /** A bond to a call without arguments. */
    public static SealContext of(Purpose purpose, String principal, String method, String target) {
        return new SealContext(purpose, principal, method, target, NOTHING);
    }

    /** SHA-256 of the arguments. Whoever binds to arguments writes them the same way each time. */
    public static byte[] digestOf(byte[] arguments) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(arguments);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The bond as bytes. Every part is preceded by its length, so that no two bonds give the same bytes. */
    byte[] bytes() {
        var parts = List.of(utf8(purpose.name()), utf8(principal), utf8(method), utf8(target), digest);
        var size = parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
        var bytes = ByteBuffer.allocate(size);
        parts.forEach(part -> bytes.putInt(part.length).put(part));
        return bytes.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
