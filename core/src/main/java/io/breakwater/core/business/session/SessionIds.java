package io.breakwater.core.business.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes ids that nobody can guess, for sessions and tasks: 256 random bits as 43 characters of visible ASCII that need
 * no escaping in a header field or a URL. Thread-safe.
 */
public final class SessionIds {
    private static final int BYTES = 32;
    private static final int NAME_BYTES = 12;

    /** Draws from the operating system's randomness. */
    public SessionIds() {}

    /**
     * A name for the session of that id, for those who may tell sessions apart but must not be able to join one: it
     * gives nothing of the id away.
     */
    public static String nameOf(String id) {
        byte[] digest = SealContext.digestOf(("session " + id).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, NAME_BYTES));
    }

    /** An id that was never given before. */
    public String next() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(SecureIds.bytes(BYTES));
    }
}
