package io.breakwater.core.business.idempotency;

import io.breakwater.port.CanonicalJson;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.Principal;
import io.breakwater.port.support.LengthPrefixedDigest;
import io.breakwater.port.support.Sha256;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Creates the idempotency keys of calls. A key belongs to one principal, and so to one tenant, and to one tool: the same
 * text of another principal or for another tool is another key. Only digests leave the process. Immutable.
 */
public final class IdempotencyKeys {
    /** The maximum length of a key that a caller sends, in characters. */
    public static final int MAX_LENGTH = 200;

    private final Duration retention;

    /**
     * Creates the keys of a server.
     *
     * @param retention the time for which a key is kept
     */
    public IdempotencyKeys(Duration retention) {
        this.retention = retention;
    }

    /**
     * Returns the key for a text that the caller sent.
     *
     * @param arguments the arguments of the call, without raw parts
     * @throws PortException.RefusedException if the text is not a valid key
     */
    public IdempotencyKey ofCaller(Principal principal, String tool, String text, Json arguments) {
        requireForm(text);
        return key("caller", principal, tool, text, arguments);
    }

    /** Returns the key for a text that the tool derives from the arguments, which never equals a key of a caller. */
    public IdempotencyKey ofTool(Principal principal, String tool, String text, Json arguments) {
        return key("tool", principal, tool, text, arguments);
    }

    /**
     * Returns the key for a service to which a tool sends a request under the key of its caller. It is a digest, so keys of
     * different callers and tools never meet in a service, and the same call always has the same key.
     */
    public static String ofRequest(Principal principal, String tool, String text) {
        return digest("request", principal, tool, text);
    }

    /** Returns the text of the key for one item of a batch that has a key. */
    public static String ofItem(String batch, int index) {
        return "item-" + new LengthPrefixedDigest().add(batch).add(index).hex();
    }

    /**
     * Checks the form of a key that a caller sends: visible ASCII characters, so that it looks the same in every log.
     *
     * @throws PortException.RefusedException if it is not a valid key
     */
    public static void requireForm(String text) {
        boolean valid = !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(character -> character > ' ' && character <= '~');
        if (!valid) {
            throw new PortException.RefusedException(
                    Reason.INVALID,
                    "An idempotency key must have 1 to " + MAX_LENGTH + " visible ASCII characters without spaces, for"
                            + " example a UUID.",
                    null);
        }
    }

    private IdempotencyKey key(String kind, Principal principal, String tool, String text, Json arguments) {
        var fingerprint = HexFormat.of().formatHex(Sha256.of(CanonicalJson.bytes(arguments)));
        return new IdempotencyKey(digest(kind, principal, tool, text), tool, fingerprint, retention);
    }

    private static String digest(String kind, Principal principal, String tool, String text) {
        return new LengthPrefixedDigest()
                .add(kind)
                .add(principal.tenant())
                .add(principal.id())
                .add(tool)
                .add(text)
                .hex();
    }
}
