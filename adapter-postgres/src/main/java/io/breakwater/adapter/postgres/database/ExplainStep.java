package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.RawResult;
import io.breakwater.adapter.postgres.pipeline.StatementShape;
import io.breakwater.adapter.postgres.sql.ErrorPositions;
import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The plan of a statement that does not run. A query is explained as the cursor that would be declared for it, so that
 * the server's grammar accepts only a query here too, and the plan is the one that the cursor would have.
 *
 * @param parsed the EXPLAIN statement of the caller
 * @param explain our EXPLAIN with its options, and the rest of the text before the statement
 * @param explained the statement to explain
 */
record ExplainStep(ParsedStatement parsed, String explain, ParsedStatement explained) implements StatementStep {
    private static final String AS_JSON = "EXPLAIN (FORMAT JSON) ";
    private static final Set<String> OPTIONS = Set.of(
            "verbose",
            "costs",
            "settings",
            "summary",
            "generic_plan",
            "format",
            "buffers",
            "wal",
            "timing",
            "memory",
            "serialize");
    private static final Set<String> ANALYZE = Set.of("analyze", "analyse");
    private static final Pattern WORD = Pattern.compile("[a-z_0-9]{1,20}");

    /** Matches the topmost node first, because its members come before those of the nodes below it. */
    private static final Pattern NODE = Pattern.compile("\"Node Type\": \"([^\"]*)\"");

    private static final Pattern COST = Pattern.compile("\"Total Cost\": ([0-9.]+)");
    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": ([0-9]+)");

    /** Creates the step for a caller's EXPLAIN. */
    static ExplainStep of(ParsedStatement parsed, StatementVerb.Explain verb) {
        var options = verb.options().entrySet().stream()
                .filter(option -> !ANALYZE.contains(option.getKey())) // ANALYZE is off here
                .map(ExplainStep::option)
                .collect(joining(", "));
        var explain = options.isEmpty() ? "EXPLAIN " : "EXPLAIN (" + options + ") ";
        return new ExplainStep(parsed, explain + cursor(verb.statement()), parsed.inner(verb.statement()));
    }

    /** Creates a step that explains the statement in JSON. */
    static ExplainStep asJson(ParsedStatement parsed) {
        return new ExplainStep(parsed, AS_JSON + cursor(parsed.statement()), parsed);
    }

    private static String cursor(SqlStatement statement) {
        return statement.verb() instanceof StatementVerb.Query ? QueryStep.DECLARE : "";
    }

    private static String option(Map.Entry<String, String> option) {
        if (!OPTIONS.contains(option.getKey())
                || !WORD.matcher(option.getValue()).matches()) {
            throw new PortException.RefusedException(
                    Reason.FORBIDDEN,
                    "EXPLAIN accepts only BUFFERS, COSTS, FORMAT, GENERIC_PLAN, MEMORY, SERIALIZE, SETTINGS, SUMMARY, TIMING,"
                            + " VERBOSE and WAL, because the server does not run the statement.",
                    null);
        }
        return option.getKey() + " " + option.getValue();
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public ErrorPositions positions() {
        return explained.statement().positions();
    }

    @Override
    public int prefixLength() {
        return explain.length();
    }

    @Override
    public StatementResult execute(Transaction transaction, RowCollector collector, CostGate gate) throws SQLException {
        var ready = transaction.resolve(explained, explain);
        collector.expectAll();
        collector.add(transaction.send(List.of(ready.bind(explain))));
        return collector.toRows(true, true);
    }

    @Override
    public StatementShape describe(Transaction transaction) throws SQLException {
        return transaction.describe(explained.bind(explain));
    }

    /** Returns PostgreSQL's plan in JSON. */
    String json(Transaction transaction) throws SQLException {
        var ready = transaction.resolve(explained, explain);
        return onlyValue(transaction.send(List.of(ready.bind(explain))));
    }

    /**
     * Returns the planner's estimate for a statement.
     *
     * @param before statements that run first
     * @param prefix the text before the statement
     */
    static Estimate estimate(
            Transaction transaction, List<BoundStatement> before, String prefix, ParsedStatement parsed)
            throws SQLException {
        var parts = new ArrayList<>(before);
        parts.add(parsed.bind(AS_JSON + prefix));
        var plan = onlyValue(transaction.send(parts));
        return new Estimate(
                Double.parseDouble(firstMatch(COST, plan)),
                Double.parseDouble(firstMatch(ROWS, plan)),
                firstMatch(NODE, plan));
    }

    private static String onlyValue(RawResult rows) {
        var plan = rows.rowCount() == 0 ? null : rows.value(0, 0);
        if (plan == null) {
            throw new PortException.RefusedException(
                    Reason.INVALID, "The statement's plan is too large to return.", null);
        }
        return new String(plan, UTF_8);
    }

    private static String firstMatch(Pattern pattern, String plan) {
        var matcher = pattern.matcher(plan);
        if (!matcher.find()) {
            throw new IllegalStateException("the server's plan has no " + pattern);
        }
        return matcher.group(1);
    }
}
