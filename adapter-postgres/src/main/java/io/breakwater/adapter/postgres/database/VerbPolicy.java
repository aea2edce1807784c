package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.util.List;

/** Which statements are let in, by what they set out to do. What gets past it by disguise, the server refuses. */
enum VerbPolicy {
    /** Queries, and questions about them. */
    READ_ONLY("Only reading is allowed here: SELECT, VALUES, TABLE, WITH, SHOW and EXPLAIN") {
        @Override
        StatementStep direct(ParsedStatement asked) {
            throw refused(asked);
        }
    },

    /** Those, and changes of rows. */
    READ_WRITE("Only reading and changing rows is allowed here: SELECT, INSERT, UPDATE, DELETE and MERGE") {
        @Override
        StatementStep direct(ParsedStatement asked) {
            boolean changes = switch (asked.statement().verb()) {
                case StatementVerb.Change change -> true;
                case StatementVerb.Query query -> query.changing();
                case StatementVerb.Show show -> false;
                case StatementVerb.Explain explain -> false;
                case StatementVerb.TransactionControl control -> false;
                case StatementVerb.Other other -> false;
            };
            if (!changes) {
                throw refused(asked);
            }
            return new DirectStep(asked);
        }
    },

    /** Everything but the ends of transactions. */
    ADMIN("Each call runs in a transaction of its own here: leave out statements that begin or end one") {
        @Override
        StatementStep step(ParsedStatement asked, boolean laterPart) {
            var verb = asked.statement().verb();
            if (verb instanceof StatementVerb.Query query && !query.changing() && laterPart) {
                return new QueryStep(asked);
            }
            if (verb instanceof StatementVerb.TransactionControl) {
                throw refused(asked);
            }
            return new DirectStep(asked);
        }

        @Override
        StatementStep direct(ParsedStatement asked) {
            return new DirectStep(asked);
        }
    };

    private static final String RUNS = "EXPLAIN ANALYZE would run the statement: leave ANALYZE out.";

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
     * What is done for a statement.
     *
     * @param laterPart whether it was run before, so that it must not change anything again
     * @throws PortException.RefusedException FORBIDDEN when it is not let in
     */
    StatementStep step(ParsedStatement asked, boolean laterPart) {
        return switch (asked.statement().verb()) {
            case StatementVerb.Query query when !query.changing() -> new QueryStep(asked);
            case StatementVerb.Show show -> new QueryStep(asked, shown(show));
            case StatementVerb.Explain explain when !explain.runs() -> plan(asked, explain);
            default -> direct(asked);
        };
    }

    /** What is done for a statement that is no query. */
    abstract StatementStep direct(ParsedStatement asked);

    private StatementStep plan(ParsedStatement asked, StatementVerb.Explain explain) {
        step(asked.inner(explain.statement()), false);
        return ExplainStep.of(asked, explain);
    }

    /** SHOW is no query; the function that does the same is one. */
    private static ParsedStatement shown(StatementVerb.Show show) {
        if (!FunctionPolicy.mayShow(show.setting())) {
            throw new PortException.RefusedException(
                    Reason.FORBIDDEN, "SHOW is not allowed for the setting " + show.setting() + ".", null);
        }
        return ParsedStatement.of(new Statement(
                "SELECT pg_catalog.current_setting('" + show.setting() + "') AS \"" + show.setting() + "\"",
                List.of()));
    }

    PortException refused(ParsedStatement asked) {
        var verb = asked.statement().verb();
        return new PortException.RefusedException(
                Reason.FORBIDDEN, verb instanceof StatementVerb.Explain ? RUNS : sentence + not(verb), null);
    }

    private static String not(StatementVerb verb) {
        boolean inside = verb instanceof StatementVerb.Query query && query.changing();
        return ", not " + (inside ? ((StatementVerb.Query) verb).inside() + " inside WITH" : verb.shown()) + ".";
    }
}
