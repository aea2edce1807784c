package io.breakwater.bootstrap.config;

import java.io.Serial;

/** A value does not fit its setting. */
final class Unfit extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Origin origin;
    private final String what;
    private final String remedy;

    Unfit(Origin origin, String what, String remedy) {
        super(what);
        this.origin = origin;
        this.what = what;
        this.remedy = remedy;
    }

    Mistake at(String path) {
        return new Mistake(origin, path, what, remedy);
    }
}
