package io.breakwater.core.presentation.call;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.Span;
import io.breakwater.port.Tracing;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.interceptor.CallStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The span of a call and the spans below it. When the call ends, all of them end. A failure of the tracing does not
 * affect the call. Thread-safe.
 */
@OutageBehavior(
        guard = "traces",
        dependency = GuardDependency.APPLICATION_CODE,
        failure = "throwing in the tracing",
        effect = OutageEffect.DEGRADE,
        behavior = "Calls are not affected; their spans are missing.",
        recovery = "Correct the tracing.",
        signal = "log line at level `debug`",
        details = "embedding.md#traces")
final class CallTrace {
    /** The trace of a call that is not traced. */
    static final CallTrace NONE = new CallTrace(Span.NONE);

    private static final Logger LOG = LoggerFactory.getLogger(CallTrace.class);

    private final Span root;
    private final Set<OpenSpan> open = new HashSet<>(); // guarded by this
    private boolean ended; // guarded by this

    private CallTrace(Span root) {
        this.root = root;
    }

    /** Opens the span of a call. */
    static CallTrace start(ActiveCall call) {
        var tracing = call.runtime.tracing();
        if (Tracing.NONE.equals(tracing)) {
            return NONE;
        }
        var root = result(() -> tracing.start(traced(call)));
        return Span.NONE.equals(root) ? NONE : new CallTrace(root);
    }

    private static Tracing.TracedCall traced(ActiveCall call) {
        var meta = call.meta();
        return new Tracing.TracedCall(
                call.requestId(),
                call.method(),
                call.target(),
                meta.text("traceparent"),
                meta.text("tracestate"),
                meta.text("baggage"),
                call.headerFields().first("traceparent"));
    }

    /** Opens a span below the call's span; {@link Span#NONE} when the call has ended. */
    Span open(String name) {
        return Span.NONE.equals(root) ? Span.NONE : track(() -> root.child(name));
    }

    private synchronized Span track(Supplier<Span> opening) {
        if (ended) {
            return Span.NONE;
        }
        var span = result(opening);
        if (Span.NONE.equals(span)) {
            return span;
        }
        var tracked = new OpenSpan(span);
        open.add(tracked);
        return tracked;
    }

    /** Ends the spans of the call; does nothing when they have ended. */
    void end(CallStatus status) {
        if (Span.NONE.equals(root)) {
            return;
        }
        List<OpenSpan> left;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            left = new ArrayList<>(open);
        }
        left.forEach(OpenSpan::close);
        run(() -> root.attribute("mcp.status", status.word()));
        if (status.isFailure()) {
            run(() -> root.fail(status.word()));
        }
        run(root::close);
    }

    private static Span result(Supplier<Span> opening) {
        try {
            return requireNonNull(opening.get(), "The tracing returned null.");
        } catch (RuntimeException failure) {
            LOG.debug("The tracing failed to open a span", failure);
            return Span.NONE;
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.debug("The tracing failed", failure);
        }
    }

    private synchronized boolean remove(OpenSpan span) {
        return open.remove(span);
    }

    /** A span that ends once, at the latest with the call. */
    private final class OpenSpan implements Span {
        private final Span span;

        OpenSpan(Span span) {
            this.span = span;
        }

        @Override
        public Span attribute(String name, String value) {
            whileOpen(() -> span.attribute(name, value));
            return this;
        }

        @Override
        public Span attribute(String name, long value) {
            whileOpen(() -> span.attribute(name, value));
            return this;
        }

        @Override
        public void fail(String type) {
            whileOpen(() -> span.fail(type));
        }

        @Override
        public Span child(String name) {
            return track(() -> span.child(name));
        }

        @Override
        public @Nullable String traceParent() {
            return span.traceParent();
        }

        private synchronized void whileOpen(Runnable action) {
            if (isOpen()) {
                run(action);
            }
        }

        private boolean isOpen() {
            synchronized (CallTrace.this) {
                return open.contains(this);
            }
        }

        @Override
        public synchronized void close() {
            if (remove(this)) {
                run(span::close);
            }
        }
    }
}
