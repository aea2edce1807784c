package io.breakwater.port;

import org.jspecify.annotations.Nullable;

/**
 * A timed part of a call, for example one query of a database, that a {@link Tracing} records. A driver opens one
 * through the {@link CallContext} and closes it when the part has ended:
 *
 * <pre>{@code
 * try (var span = context.span("SELECT")) {
 *     span.attribute("db.system.name", "postgresql");
 *     ...
 * }
 * }</pre>
 *
 * <p>Closing a span ends it; closing it again does nothing. A span that is still open when its call ends is ended with
 * the call, also if the call fails or is cancelled. Thread-safe.
 *
 * <p>Implementations return quickly, do not block and do not throw. A server calls {@link #close()} of an
 * implementation once, and no other method after it.
 */
public interface Span extends AutoCloseable {
    /** A span that is not recorded. All its methods return at once, and it allocates nothing. */
    Span NONE = NoSpan.INSTANCE;

    /**
     * Sets an attribute and returns this span. The name is fixed in the program; a value must not contain secrets.
     *
     * @param name a name such as {@code db.operation.name}
     */
    Span attribute(String name, String value);

    /** Sets an attribute that is a number, and returns this span. */
    Span attribute(String name, long value);

    /**
     * Marks this span as failed.
     *
     * @param type a short name of the kind of failure, such as {@code timeout}, with few different values
     */
    void fail(String type);

    /** Opens a span for a part of this one. */
    Span child(String name);

    /**
     * Returns the W3C {@code traceparent} that names this span as the parent, for a request to another service, or null
     * if this span is not recorded.
     */
    @Nullable
    String traceParent();

    /** Ends this span. */
    @Override
    void close();
}
