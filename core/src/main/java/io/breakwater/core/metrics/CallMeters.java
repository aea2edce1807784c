package io.breakwater.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the meter of a call by the names in it. Names that are not registered share a meter, so the number of meters
 * depends on the catalogue and never on clients; and since a catalogue may be filled from elsewhere, it has a bound
 * too. Finding one allocates nothing.
 */
final class CallMeters {
    private static final int MOST = 2_048;

    private final BiConsumer<CallMeter, CallStatus> first;
    private final List<CallMeter> all = new ArrayList<>();
    private final Map<String, Method> methods = new ConcurrentHashMap<>();
    private final Method unknown;

    /** A method, its tools, and what stands for the tools it does not have. */
    private record Method(CallMeter plain, CallMeter unknownTool, Map<String, CallMeter> tools) {

        CallMeter of(@Nullable String tool) {
            return tool == null ? plain : tools.getOrDefault(tool, unknownTool);
        }
    }

    CallMeters(BiConsumer<CallMeter, CallStatus> first) {
        this.first = first;
        this.unknown = method(CallKey.UNKNOWN);
    }

    CallMeter find(String method, @Nullable String tool) {
        return methods.getOrDefault(method, unknown).of(tool);
    }

    synchronized CallMeter register(String method, @Nullable String tool) {
        if (all.size() < MOST) {
            Method known = methods.computeIfAbsent(method, this::method);
            if (tool != null) {
                known.tools().computeIfAbsent(tool, missing -> meter(new CallKey(method, missing)));
            }
        }
        return find(method, tool);
    }

    synchronized List<CallMeter> all() {
        return List.copyOf(all);
    }

    private Method method(String name) {
        return new Method(
                meter(new CallKey(name, null)), meter(new CallKey(name, CallKey.UNKNOWN)), new ConcurrentHashMap<>());
    }

    private CallMeter meter(CallKey key) {
        var meter = new CallMeter(key, first);
        all.add(meter);
        return meter;
    }
}
