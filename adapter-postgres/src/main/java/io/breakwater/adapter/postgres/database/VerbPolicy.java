package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.util.List;

/** Decides by the verb whether a statement is allowed. The server refuses a statement that hides its verb. */
enum VerbPolicy {
    /** Allows queries, SHOW and EXPLAIN. */
    READ_ONLY("Only statements that read are allowed: SELECT, VALUES, TABLE, WITH, SHOW and EXPLAIN") {
        @Override
        StatementStep direct(ParsedStatement parsed) {
            throw refused(parsed);
        }
    },

    /** Allows also changes of rows. */
    READ_WRITE("Only statements that read or change rows are allowed: SELECT, INSERT, UPDATE, DELETE and MERGE") {
        @Override
        StatementStep direct(ParsedStatement parsed) {
            boolean changes = switch (parsed.statement().verb()) {
                case StatementVerb.Change change -> true;
                case StatementVerb.Query query -> query.changing();
                case StatementVerb.Show show -> false;
                case StatementVerb.Explain explain -> false;
                case StatementVerb.TransactionControl control -> false;
                case StatementVerb.Other other -> false;
            };
            if (!changes) {
                throw refused(parsed);
            }
            return new DirectStep(parsed);
        }
    },

    /** Allows all statements except those that control transactions. */
    ADMIN("Each call runs in its own transaction: leave out ") {
        @Override
        StatementStep step(ParsedStatement parsed, boolean laterPart) {
            var verb = parsed.statement().verb();
            if (verb instanceof StatementVerb.Query query && !query.changing() && laterPart) {
                return new QueryStep(parsed);
            }
            if (verb instanceof StatementVerb.TransactionControl) {
                throw refused(parsed);
            }
            return new DirectStep(parsed);
        }

        @Override
        StatementStep direct(ParsedStatement parsed) {
            return new DirectStep(parsed);
        }
    };

    private static final String EXPLAIN_RUNS = "EXPLAIN ANALYZE would run the statement: leave ANALYZE out.";

    private final String sentence;

    VerbPolicy(String sentence) {
        this.sentence = sentence;
    }

    static VerbPolicy of(AccessMode mode) {
        return switch (mode) {
            case READ_ONLY -> READ_ONLY;
            case READ_WRITE -> READ_WRITE;
            case ADMIN -> ADMIN;
        };
    }

    /**
     * Returns the step for a statement.
     *
     * @param laterPart whether the statement ran before and returns more rows, so that it must not change data again
     * @throws PortException.RefusedException FORBIDDEN when the statement is not allowed
     */
    StatementStep step(ParsedStatement parsed, boolean laterPart) {
        return switch (parsed.statement().verb()) {
            case StatementVerb.Query query when !query.changing() -> new QueryStep(parsed);
            case StatementVerb.Show show -> new QueryStep(parsed, showQuery(show));
            case StatementVerb.Explain explain when !explain.runs() -> plan(parsed, explain);
            default -> direct(parsed);
        };
    }

    /** Returns the step for a statement that is not a query. */
    abstract StatementStep direct(ParsedStatement parsed);

    private StatementStep plan(ParsedStatement parsed, StatementVerb.Explain explain) {
        step(parsed.inner(explain.statement()), false);
        return ExplainStep.of(parsed, explain);
    }

    /** Returns a query with the result of SHOW, which is not a query itself. */
    private static ParsedStatement showQuery(StatementVerb.Show show) {
        if (!FunctionPolicy.mayShow(show.setting())) {
            throw new PortException.RefusedException(
                    Reason.FORBIDDEN, "SHOW is not allowed for the setting " + show.setting() + ".", null);
        }
        return ParsedStatement.of(new Statement(
                "SELECT pg_catalog.current_setting('" + show.setting() + "') AS \"" + show.setting() + "\"",
                List.of()));
    }

    PortException refused(ParsedStatement parsed) {
        var verb = parsed.statement().verb();
        return new PortException.RefusedException(
                Reason.FORBIDDEN,
                verb instanceof StatementVerb.Explain ? EXPLAIN_RUNS : message(verb),
                parsed.statement().positions().toSource(1),
                null);
    }

    private String message(StatementVerb verb) {
        return this == ADMIN ? sentence + verb.keyword() + "." : sentence + notAllowed(verb);
    }

    private static String notAllowed(StatementVerb verb) {
        boolean inside = verb instanceof StatementVerb.Query query && query.changing();
        return ", not " + (inside ? ((StatementVerb.Query) verb).inside() + " inside WITH" : verb.keyword()) + ".";
    }
}
