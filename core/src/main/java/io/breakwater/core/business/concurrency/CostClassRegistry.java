package io.breakwater.core.business.concurrency;

import io.breakwater.server.settings.ConcurrencySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** The cost classes of a pool by name, of which there is a limited number. The pool guards its state. */
final class CostClassRegistry {
    private static final String OTHER_TOOLS = "(other tools)";

    private final int max;
    private final ConcurrencySettings settings;
    private final DoubleSupplier random;
    private final Map<String, CostClass> classes = new HashMap<>();

    /**
     * Creates an empty registry.
     *
     * @param max the maximum limit of a class
     * @param random returns numbers from 0 to below 1
     */
    CostClassRegistry(int max, ConcurrencySettings settings, DoubleSupplier random) {
        this.max = max;
        this.settings = settings;
        this.random = random;
    }

    /** Returns the class with this name; creates it if there is none, unless there are too many. */
    CostClass find(String name) {
        var known = classes.get(name);
        if (known != null) {
            return known;
        }
        var free = classes.size() < PermitPool.MAX_CLASSES ? name : OTHER_TOOLS;
        return classes.computeIfAbsent(free, this::create);
    }

    private CostClass create(String name) {
        var adaptive = settings.adaptive()
                ? new GradientLimit(settings.minLimit(), max, settings.minRttInterval(), random)
                : null;
        return new CostClass(name, max, adaptive, settings.queueTimeout());
    }
}
