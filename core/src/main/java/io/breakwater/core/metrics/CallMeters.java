package io.breakwater.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the meter of a call by its method and tool. Unregistered names share a meter, so that the number of meters
 * depends on the catalog and never on clients. Because tool sources can add to the catalog, the number of meters is
 * limited too. A lookup allocates nothing.
 */
final class CallMeters {
    private static final int MAX_METERS = 2_048;

    private final CallMeterListener listener;
    private final List<CallMeter> all = new ArrayList<>();
    private final Map<String, Method> methods = new ConcurrentHashMap<>();
    private final Method unknown;

    /** A method, its tools, and the meter for all tools that it does not have. */
    private record Method(CallMeter plain, CallMeter unknownTool, Map<String, CallMeter> tools) {

        CallMeter find(@Nullable String tool) {
            return tool == null ? plain : tools.getOrDefault(tool, unknownTool);
        }
    }

    CallMeters(CallMeterListener listener) {
        this.listener = listener;
        this.unknown = method(CallKey.UNKNOWN);
    }

    CallMeter find(String method, @Nullable String tool) {
        return methods.getOrDefault(method, unknown).find(tool);
    }

    synchronized CallMeter register(String method, @Nullable String tool) {
        if (all.size() < MAX_METERS) {
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
        var meter = new CallMeter(key, listener);
        all.add(meter);
        return meter;
    }
}
