package io.breakwater.bootstrap.config;

import java.io.Serial;

/** A source that cannot be read at all, so that none of its settings can be checked. */
final class Unreadable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Mistake mistake;

    Unreadable(Mistake mistake) {
        super(mistake.toString());
        this.mistake = mistake;
    }

    Mistake mistake() {
        return mistake;
    }
}
