package io.breakwater.core.business.session;

import io.breakwater.port.support.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The context to which a sealed value is bound. The value opens only for the same purpose, principal, method, target
 * and arguments, so that a client cannot use the state of one call for another call or another caller.
 *
 * @param purpose the use of the value
 * @param principal the id of the principal that receives the value
 * @param method the MCP method of the call
 * @param target the object of the call: the name of a tool or prompt, or the URI of a resource; empty for lists
 * @param digest the digest of the arguments; see {@link #digestOf}
 */
public record SealContext(Purpose purpose, String principal, String method, String target, byte[] digest) {

    /** The uses of sealed values. */
    public enum Purpose {
        /** The {@code requestState} of a call that waits for client responses. */
        REQUEST_STATE,
        /** The {@code cursor} of a list. */
        CURSOR
    }

    private static final byte[] NOTHING = new byte[0];

    /** Creates the context of a call without arguments. */
    public static SealContext of(Purpose purpose, String principal, String method, String target) {
        return new SealContext(purpose, principal, method, target, NOTHING);
    }

    /** Returns the SHA-256 digest of encoded arguments. Callers must encode equal arguments to equal bytes. */
    public static byte[] digestOf(byte[] arguments) {
        return Sha256.of(arguments);
    }

    /** Returns the context as bytes. Every part follows its length, so that no two contexts have the same bytes. */
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
