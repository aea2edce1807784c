package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.NamedStatement;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A database that answers each statement as the test says, shows windows of the rows it was given, and writes down what
 * was asked. A statement it was not told about is refused; one with ORDER BY counts as ordered, one with RETURNING as
 * not to be repeated. Thread-safe.
 */
public final class ScriptedDatabase implements SqlGateway, TableCatalog {

    /** A statement that was run, and the window that was asked for. */
    public record Asked(Statement statement, Window window) {}

    /** Finds constants and casts, in which there are no parameters, and parameters. */
    private static final Pattern PARAMETER = Pattern.compile("'(?:[^']|'')*'|::|:([A-Za-z_][A-Za-z0-9_]*)");

    private static final Set<String> READING = Set.of("SELECT", "VALUES", "TABLE", "WITH", "SHOW", "EXPLAIN");

    /** Gives what a window shows of an answer. */
    @FunctionalInterface
    private interface Script {
        StatementResult seenThrough(Window window);
    }

    private final AccessMode mode;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Supplier<StatementDescription>> descriptions = new ConcurrentHashMap<>();
    private final List<NamedStatement> checked = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Table> tables = new CopyOnWriteArrayList<>();
    private final List<CallContext> listings = new CopyOnWriteArrayList<>();
    private volatile Estimate estimate = new Estimate(1, 1, "Result");
    private volatile Json plan = Json.array();
    private volatile String identity = "scripted";

    /** An empty one. */
    public ScriptedDatabase(AccessMode mode) {
        this.mode = mode;
    }

    /** It is told apart from others by this. */
    public ScriptedDatabase identifiedAs(String identity) {
        this.identity = identity;
        return this;
    }

    /** Scripts a query that returns one column {@code n} with the numbers from 1 to {@code rows}. */
    public ScriptedDatabase counts(String sql, int rows) {
        return gives(
                sql,
                IntStream.rangeClosed(1, rows)
                        .mapToObj(n -> "{\"n\":" + n + "}")
                        .toList());
    }

    /** That query gives these rows, each a JSON object of a column {@code n}. */
    public ScriptedDatabase gives(String sql, List<String> rows) {
        scripts.put(sql, window -> part(rows, window, sql.contains("ORDER BY"), !sql.contains("RETURNING")));
        return this;
    }

    /** That statement ends so. */
    public ScriptedDatabase ends(String sql, Command command) {
        scripts.put(sql, window -> command);
        return this;
    }

    /** That statement fails so. */
    public ScriptedDatabase fails(String sql, PortException failure) {
        scripts.put(sql, window -> {
            throw failure;
        });
        return this;
    }

    /** When that statement is checked, this is its description. */
    public ScriptedDatabase describes(String sql, StatementDescription description) {
        descriptions.put(sql, () -> description);
        return this;
    }

    /** When that statement is checked, it is refused so. */
    public ScriptedDatabase failsCheck(String sql, PortException failure) {
        descriptions.put(sql, () -> {
            throw failure;
        });
        return this;
    }

    /** What the planner thinks of whatever is asked. */
    public ScriptedDatabase estimates(Estimate estimate) {
        this.estimate = estimate;
        return this;
    }

    /** What is explained of whatever is asked. */
    public ScriptedDatabase plans(Json plan) {
        this.plan = plan;
        return this;
    }

    /** There is that table. */
    public ScriptedDatabase has(Table table) {
        tables.add(table);
        return this;
    }

    /** There is a table of that name, without anything in it. */
    public ScriptedDatabase has(String schema, String name) {
        return has(new Table(
                new TableName(schema, name, "table", null, -1), List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    /** What was run, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The statements that were checked, in order. */
    public List<NamedStatement> checked() {
        return List.copyOf(checked);
    }

    /** How often all tables were asked for. */
    public int listings() {
        return listings.size();
    }

    @Override
    public AccessMode mode() {
        return mode;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public StatementResult execute(Statement statement, Window window, CostGate gate, CallContext scope) {
        if (!gate.equals(CostGate.OPEN)) {
            gate.admit(estimate);
        }
        var script = scripts.get(text(statement));
        if (script == null) {
            throw new PortException.RefusedException(
                    PortException.RefusedException.Reason.INVALID, "The test did not script: " + text(statement), null);
        }
        asked.add(new Asked(statement, window));
        return script.seenThrough(window);
    }

    /** A statement with names is scripted by its source. */
    private static String text(Statement statement) {
        return statement.origin() == null ? statement.sql() : statement.origin().source();
    }

    @Override
    public List<StatementResult> executeAll(
            List<Statement> statements, Window window, CostGate gate, CallContext scope) {
        return IntStream.range(0, statements.size())
                .mapToObj(i -> numbered(i, statements, window, gate, scope))
                .toList();
    }

    private StatementResult numbered(
            int i, List<Statement> statements, Window window, CostGate gate, CallContext scope) {
        try {
            return execute(statements.get(i), window, gate, scope);
        } catch (PortException.RefusedException refused) {
            var message = "operation " + (i + 1) + " of " + statements.size() + ": " + refused.getMessage();
            throw new PortException.RefusedException(refused.reason(), message, refused);
        }
    }

    @Override
    public Json explain(Statement query, CallContext scope) {
        asked.add(new Asked(query, new Window(0, 1, 1)));
        return plan;
    }

    /** Parses a statement whose first word is its verb and which has no quotes other than those of text. */
    @Override
    public NamedStatement parse(String sql) {
        var references = new ArrayList<NamedStatement.Reference>();
        var found = PARAMETER.matcher(sql);
        while (found.find()) {
            if (found.group(1) != null) {
                references.add(new NamedStatement.Reference(found.group(1), found.start()));
            }
        }
        var verb = sql.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
        var effect = READING.contains(verb) ? NamedStatement.Effect.READS : NamedStatement.Effect.CHANGES;
        if (effect == NamedStatement.Effect.CHANGES && mode == AccessMode.READ_ONLY) {
            throw new PortException.RefusedException(
                    PortException.RefusedException.Reason.FORBIDDEN,
                    "Only statements that read are allowed, not " + verb + ".",
                    1,
                    null);
        }
        return NamedStatement.of(sql, references, effect);
    }

    /** Describes a statement as the test says, and otherwise with parameters of type text and one column {@code n}. */
    @Override
    public StatementDescription check(NamedStatement statement, CallContext scope) {
        checked.add(statement);
        var description = descriptions.get(statement.source());
        return description == null
                ? new StatementDescription(
                        Collections.nCopies(statement.names().size(), "text"),
                        List.of(new ResultColumn("n", "integer")))
                : description.get();
    }

    @Override
    public List<TableName> tables(CallContext scope) {
        listings.add(scope);
        return tables.stream().map(Table::name).toList();
    }

    @Override
    public Optional<Table> table(String name, CallContext scope) {
        var folded = folded(name);
        return tables.stream()
                .filter(table -> folded.equals(folded(table.name().name()))
                        || folded.equals(folded(
                                table.name().schema() + "." + table.name().name())))
                .findFirst();
    }

    /** Makes notations of one name equal, as SQL does. */
    private static String folded(String name) {
        return name.strip().replace("\"", "").replaceAll("\\s*\\.\\s*", ".").toLowerCase(Locale.ROOT);
    }

    private static Rows part(List<String> rows, Window window, boolean ordered, boolean repeatable) {
        var shown = new ArrayList<String>();
        long bytes = "[]".length();
        for (var row : rows.subList((int) Math.min(window.offset(), rows.size()), rows.size())) {
            bytes += row.getBytes(UTF_8).length + (shown.isEmpty() ? 0 : 1);
            if (shown.size() == window.rows() || bytes > window.bytes()) {
                break;
            }
            shown.add(row);
        }
        return new Rows(
                List.of(new ResultColumn("n", "integer")),
                new Json.Raw(("[" + String.join(",", shown) + "]").getBytes(UTF_8)),
                shown.size(),
                window.offset() + shown.size() < rows.size(),
                ordered,
                repeatable);
    }
}
