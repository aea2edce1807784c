package io.breakwater.core.business.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Creates ids that cannot be guessed, for sessions and tasks: 256 random bits as 43 characters of visible ASCII that
 * need no escaping in a header field or a URL. Thread-safe.
 */
public final class SessionIds {
    private static final int BYTES = 32;
    private static final int NAME_BYTES = 12;

    /** Uses the random source of the operating system. */
    public SessionIds() {}

    /**
     * Returns a name that identifies a session in logs but does not reveal its id, so that readers cannot use the
     * session.
     */
    public static String nameOf(String id) {
        byte[] digest = SealContext.digestOf(("session " + id).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, NAME_BYTES));
    }

    /** Returns a new id. */
    public String next() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(SecureIds.bytes(BYTES));
    }
}
