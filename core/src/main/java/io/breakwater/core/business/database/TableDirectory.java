package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tables there are. Names are remembered for a few seconds for whoever proposes them while somebody types; tables
 * themselves are looked up each time. Thread-safe.
 */
public final class TableDirectory {
    /** For so long names are proposed without asking again. */
    static final Duration FRESH = Duration.ofSeconds(5);

    private static final int NEAR = 3;

    private final TableReader tables;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    /** Over these tables; {@code nanos} tells how much time has passed. */
    public TableDirectory(TableReader tables, LongSupplier nanos) {
        this.tables = tables;
        this.nanos = nanos;
    }

    /** All tables, by schema and name. */
    public List<TableName> list(CallContext scope) {
        var found = List.copyOf(tables.list(scope));
        known.set(new Known(found, nanos.getAsLong()));
        return found;
    }

    /**
     * One table, by its name as SQL would write it.
     *
     * @throws PortException when there is none that may be read; the message names those with similar names
     */
    public Table find(String name, CallContext scope) {
        return tables.find(name, scope).orElseThrow(() -> unknown(name, scope));
    }

    private PortException unknown(String name, CallContext scope) {
        var near = TableSuggestions.to(name, remembered(scope), NEAR);
        var hint =
                near.isEmpty() ? "list_tables names those there are." : "Did you mean " + String.join(", ", near) + "?";
        return new PortException.RefusedException(
                Reason.NOT_FOUND, "There is no table %s that may be read. %s".formatted(shown(name), hint), null);
    }

    /** Names that go on from what was typed, then those that have it inside; all of them, as SQL would write them. */
    public List<String> proposals(String typed, CallContext scope) {
        var wanted = typed.toLowerCase(Locale.ROOT);
        var names = remembered(scope);
        return Stream.concat(
                        names.stream().filter(name -> begins(name, wanted)),
                        names.stream().filter(name -> qualified(name).contains(wanted)))
                .map(SqlName::of)
                .distinct()
                .toList();
    }

    private static boolean begins(TableName name, String wanted) {
        return qualified(name).startsWith(wanted)
                || name.name().toLowerCase(Locale.ROOT).startsWith(wanted);
    }

    private static String qualified(TableName name) {
        return SqlName.of(name).toLowerCase(Locale.ROOT);
    }

    private List<TableName> remembered(CallContext scope) {
        var last = known.get();
        if (last != null && nanos.getAsLong() - last.nanos() < FRESH.toNanos()) {
            return last.names();
        }
        return list(scope);
    }

    private static String shown(String name) {
        return name.length() <= 130 ? name : name.substring(0, 127) + "...";
    }

    private record Known(List<TableName> names, long nanos) {}
}
