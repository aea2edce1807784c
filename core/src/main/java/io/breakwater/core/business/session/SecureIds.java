package io.breakwater.core.business.session;

import java.security.SecureRandom;

/** Random bytes that nobody can guess. Their source is made with the first ones: finding it takes a start its time. */
final class SecureIds {
    private static final SecureRandom SOURCE = new SecureRandom();

    private SecureIds() {}

    static byte[] bytes(int count) {
        var bytes = new byte[count];
        SOURCE.nextBytes(bytes);
        return bytes;
    }
}
