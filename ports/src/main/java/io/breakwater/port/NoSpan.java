package io.breakwater.port;

import org.jspecify.annotations.Nullable;

/** The span that is not recorded. */
enum NoSpan implements Span {
    INSTANCE;

    @Override
    public Span attribute(String name, String value) {
        return this;
    }

    @Override
    public Span attribute(String name, long value) {
        return this;
    }

    @Override
    public void fail(String type) {}

    @Override
    public Span child(String name) {
        return this;
    }

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public void close() {}
}
