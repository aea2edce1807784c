package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.concurrency.CostClass;
import io.breakwater.core.business.concurrency.PermitPool;
import io.breakwater.server.mcp.ToolDefinition;
import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cost classes of tools: those that the configuration or the definition names, and otherwise one for each tool. All
 * other methods share one class. Thread-safe.
 */
final class CostClasses {
    /** The class of all methods that call no tool. No tool's name contains parentheses. */
    static final String METHODS = "(methods)";

    /** The tools whose class is cached; a lookup takes longer for further ones. */
    private static final int MAX_CACHED = 2_048;

    private final PermitPool pool;
    private final Map<String, ToolConcurrency> settings;
    private final Consumer<CostClass> onUse;
    private final CostClass methods;
    private final Map<String, Assignment> assignments = new ConcurrentHashMap<>();

    /** The class of a definition, which a tool source may replace by another one of the same name. */
    private record Assignment(ToolDefinition tool, CostClass costClass) {}

    /**
     * Creates the classes.
     *
     * @param onUse receives each class, at least once, before its first call
     */
    CostClasses(PermitPool pool, List<ToolConcurrency> settings, Consumer<CostClass> onUse) {
        this.pool = pool;
        this.settings =
                settings.stream().collect(Collectors.toUnmodifiableMap(ToolConcurrency::tool, Function.identity()));
        this.onUse = onUse;
        this.methods = pool.costClass(METHODS);
        onUse.accept(methods);
    }

    /** Returns the class of a tool; of all other methods if there is none. */
    @SuppressWarnings("ReferenceEquality") // a comparison of equal schemas would take longer than the call
    CostClass of(@Nullable ToolDefinition tool) {
        if (tool == null) {
            return methods;
        }
        var known = assignments.get(tool.name());
        return known != null && known.tool() == tool ? known.costClass() : assign(tool);
    }

    /** Applies the maximum of a tool to its class, which other tools may use before it. */
    void register(ToolDefinition tool) {
        var max = max(tool);
        if (max != null) {
            pool.limit(find(tool), tool.name(), max);
        }
    }

    private @Nullable Integer max(ToolDefinition tool) {
        var own = settings.get(tool.name());
        return own == null || own.maxConcurrency() == null ? tool.concurrency().max() : own.maxConcurrency();
    }

    private CostClass find(ToolDefinition tool) {
        var own = settings.get(tool.name());
        var name = own == null || own.costClass() == null ? tool.concurrency().costClass() : own.costClass();
        return pool.costClass(Objects.requireNonNullElse(name, tool.name()));
    }

    private CostClass assign(ToolDefinition tool) {
        register(tool);
        var costClass = find(tool);
        onUse.accept(costClass);
        if (assignments.size() < MAX_CACHED || assignments.containsKey(tool.name())) {
            assignments.put(tool.name(), new Assignment(tool, costClass));
        }
        return costClass;
    }
}
