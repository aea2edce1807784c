package io.breakwater.core.business.session;

import java.security.SecureRandom;

/**
 * Random bytes that cannot be guessed. The class, and with it the slow set-up of the source, is loaded at the first
 * use.
 */
final class SecureIds {
    private static final SecureRandom SOURCE = new SecureRandom();

    private SecureIds() {}

    static byte[] bytes(int count) {
        var bytes = new byte[count];
        SOURCE.nextBytes(bytes);
        return bytes;
    }
}
