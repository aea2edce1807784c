package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database. Names are cached for a few seconds for completions while a user types; the tables
 * themselves are read each time. Thread-safe.
 */
public final class TableDirectory {
    /** The time for which names are cached. */
    static final Duration CACHE_TTL = Duration.ofSeconds(5);

    private static final int MAX_SUGGESTIONS = 3;

    private final TableCatalog tables;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable CachedNames> cached = new AtomicReference<>();

    /** Creates a directory; {@code nanos} returns the elapsed time. */
    public TableDirectory(TableCatalog tables, LongSupplier nanos) {
        this.tables = tables;
        this.nanos = nanos;
    }

    /** Returns all tables, sorted by schema and name. */
    public List<TableName> list(CallContext context) {
        var found = List.copyOf(tables.tables(context));
        cached.set(new CachedNames(found, nanos.getAsLong()));
        return found;
    }

    /** Returns one table by its SQL name, in any notation; empty if there is no readable table of this name. */
    public Optional<Table> find(String name, CallContext context) {
        return tables.table(name, context);
    }

    /**
     * Returns the exception for a table that a caller cannot find, whose message lists similar names.
     *
     * @param permitted the tables that the message may name
     */
    public PortException unknown(String name, Predicate<TableName> permitted, CallContext context) {
        var similar = TableSuggestions.to(name, cachedNames(context), permitted, MAX_SUGGESTIONS);
        var hint = similar.isEmpty()
                ? "Call list_tables to see all tables."
                : "Did you mean " + String.join(", ", similar) + "?";
        return new PortException.RefusedException(
                Reason.NOT_FOUND, "There is no table %s that may be read. %s".formatted(shortened(name), hint), null);
    }

    /**
     * Returns completions: the tables whose names begin with the typed text, and then those whose names contain it.
     *
     * @param permitted the tables that may be in the result
     */
    public List<TableName> proposals(String typed, Predicate<TableName> permitted, CallContext context) {
        var wanted = typed.toLowerCase(Locale.ROOT);
        var names = cachedNames(context);
        return Stream.concat(
                        names.stream().filter(name -> startsWith(name, wanted)),
                        names.stream().filter(name -> qualified(name).contains(wanted)))
                .distinct()
                .filter(permitted)
                .toList();
    }

    private static boolean startsWith(TableName name, String wanted) {
        return qualified(name).startsWith(wanted)
                || name.name().toLowerCase(Locale.ROOT).startsWith(wanted);
    }

    private static String qualified(TableName name) {
        return SqlName.of(name).toLowerCase(Locale.ROOT);
    }

    private List<TableName> cachedNames(CallContext context) {
        var latest = cached.get();
        if (latest != null && nanos.getAsLong() - latest.nanos() < CACHE_TTL.toNanos()) {
            return latest.names();
        }
        return list(context);
    }

    private static String shortened(String name) {
        return name.length() <= 130 ? name : name.substring(0, 127) + "...";
    }

    private record CachedNames(List<TableName> names, long nanos) {}
}
