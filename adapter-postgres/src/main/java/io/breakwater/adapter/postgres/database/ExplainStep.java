package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.StatementResult;
import io.breakwater.adapter.postgres.sql.ErrorPositions;
import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.Answer;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Estimate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The planner's plan of a statement that is not run. A query is explained as the cursor that would be declared for it,
 * so that the server's grammar stands guard here too, and the plan is the one it would have.
 *
 * @param asked the EXPLAIN as it was asked
 * @param explain our EXPLAIN with its options, and what else comes before the statement
 * @param explained what is explained
 */
record ExplainStep(ParsedStatement asked, String explain, ParsedStatement explained) implements StatementStep {
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

    /** The members of the topmost node come before those of the nodes below it. */
    private static final Pattern NODE = Pattern.compile("\"Node Type\": \"([^\"]*)\"");

    private static final Pattern COST = Pattern.compile("\"Total Cost\": ([0-9.]+)");
    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": ([0-9]+)");

    /** For somebody's EXPLAIN. */
    static ExplainStep of(ParsedStatement asked, StatementVerb.Explain verb) {
        var options = verb.options().entrySet().stream()
                .filter(option -> !ANALYZE.contains(option.getKey())) // it says that the statement is not run
                .map(ExplainStep::option)
                .collect(joining(", "));
        var explain = options.isEmpty() ? "EXPLAIN " : "EXPLAIN (" + options + ") ";
        return new ExplainStep(asked, explain + cursor(verb.statement()), asked.inner(verb.statement()));
    }

    /** As JSON. */
    static ExplainStep asJson(ParsedStatement asked) {
        return new ExplainStep(asked, AS_JSON + cursor(asked.statement()), asked);
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
                            + " VERBOSE and WAL here, because the statement is not run.",
                    null);
        }
        return option.getKey() + " " + option.getValue();
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public ErrorPositions places() {
        return explained.statement().places();
    }

    @Override
    public int before() {
        return explain.length();
    }

    @Override
    public Answer take(Transaction transaction, RowCollector into, CostGate gate) throws SQLException {
        var ready = transaction.resolved(explained, explain);
        into.expectAll();
        into.add(transaction.send(List.of(ready.bound(explain))));
        return into.answer(true, true);
    }

    /** The plan as PostgreSQL writes it in JSON. */
    String json(Transaction transaction) throws SQLException {
        var ready = transaction.resolved(explained, explain);
        return onlyValue(transaction.send(List.of(ready.bound(explain))));
    }

    /**
     * What the planner thinks that it takes.
     *
     * @param before statements to be run first
     * @param prefix what comes before the statement
     */
    static Estimate estimate(Transaction transaction, List<BoundStatement> before, String prefix, ParsedStatement asked)
            throws SQLException {
        var parts = new ArrayList<>(before);
        parts.add(asked.bound(AS_JSON + prefix));
        var plan = onlyValue(transaction.send(parts));
        return new Estimate(
                Double.parseDouble(first(COST, plan)), Double.parseDouble(first(ROWS, plan)), first(NODE, plan));
    }

    private static String onlyValue(StatementResult rows) {
        var plan = rows.rowCount() == 0 ? null : rows.value(0, 0);
        if (plan == null) {
            throw new PortException.RefusedException(
                    Reason.INVALID, "The statement's plan is too large to be shown.", null);
        }
        return new String(plan, UTF_8);
    }

    private static String first(Pattern pattern, String plan) {
        var matcher = pattern.matcher(plan);
        if (!matcher.find()) {
            throw new IllegalStateException("the server's plan has no " + pattern);
        }
        return matcher.group(1);
    }
}
