package io.breakwater.bootstrap.account;

import java.security.SecureRandom;

/**
 * A random password of 24 letters and digits in groups of four, about 119 bits. It has no characters that look alike,
 * and is shown once.
 */
public final class GeneratedPassword {
    private static final String CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 6;
    private static final int GROUP = 4;

    private GeneratedPassword() {}

    /** Returns a new password. */
    public static String create() {
        var random = new SecureRandom();
        var password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                password.append('-');
            }
            password.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return password.toString();
    }
}
