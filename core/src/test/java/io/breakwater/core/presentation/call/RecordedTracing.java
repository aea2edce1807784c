package io.breakwater.core.presentation.call;

import io.breakwater.port.Span;
import io.breakwater.port.Tracing;
import io.breakwater.sample.waiting.Eventually;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps all spans in memory, in the order in which they were opened. */
final class RecordedTracing implements Tracing {
    private final List<Recorded> spans = new CopyOnWriteArrayList<>();
    private final List<TracedCall> calls = new CopyOnWriteArrayList<>();

    @Override
    public Span start(TracedCall call) {
        calls.add(call);
        return open(call.method() + " " + call.target(), call.traceParent());
    }

    private Recorded open(String name, @Nullable String parent) {
        var span = new Recorded(name, parent);
        spans.add(span);
        return span;
    }

    List<TracedCall> calls() {
        return calls;
    }

    /** The span of that name, once it has ended. */
    Recorded ended(String name) {
        Eventually.holds(() -> spans.stream().anyMatch(span -> span.name.equals(name) && span.ends() > 0));
        return span(name);
    }

    Recorded span(String name) {
        return spans.stream().filter(span -> span.name.equals(name)).findFirst().orElseThrow();
    }

    int size() {
        return spans.size();
    }

    /** A span, with everything that was done to it. */
    final class Recorded implements Span {
        private final String name;
        private final @Nullable String parent;
        private final Map<String, Object> attributes = new ConcurrentHashMap<>();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger ends = new AtomicInteger();

        private Recorded(String name, @Nullable String parent) {
            this.name = name;
            this.parent = parent;
        }

        @Override
        public Span attribute(String key, String value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public Span attribute(String key, long value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public void fail(String type) {
            failures.add(type);
        }

        @Override
        public Span child(String childName) {
            return open(childName, name);
        }

        @Override
        public String traceParent() {
            return "00-" + name;
        }

        @Override
        public void close() {
            ends.incrementAndGet();
        }

        @Nullable
        String parent() {
            return parent;
        }

        Map<String, Object> attributes() {
            return attributes;
        }

        List<String> failures() {
            return failures;
        }

        int ends() {
            return ends.get();
        }
    }
}
