package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.adapter.postgres.sql.Verb;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.util.List;

/** Which statements are let in, by what they set out to do. What gets past it by disguise, the server refuses. */
enum Gate {
    /** Queries, and questions about them. */
    READ_ONLY("Only reading is allowed here: SELECT, VALUES, TABLE, WITH, SHOW and EXPLAIN") {
        @Override
        Step direct(Asked asked) {
            throw refused(asked);
        }
    },

    /** Those, and changes of rows. */
    READ_WRITE("Only reading and changing rows is allowed here: SELECT, INSERT, UPDATE, DELETE and MERGE") {
        @Override
        Step direct(Asked asked) {
            boolean changes = switch (asked.statement().verb()) {
                case Verb.Change change -> true;
                case Verb.Query query -> query.changing();
                case Verb.Show show -> false;
                case Verb.Explain explain -> false;
                case Verb.TransactionControl control -> false;
                case Verb.Other other -> false;
            };
            if (!changes) {
                throw refused(asked);
            }
            return new Direct(asked);
        }
    },

    /** Everything but the ends of transactions. */
    ADMIN("Each call runs in a transaction of its own here: leave out statements that begin or end one") {
        @Override
        Step step(Asked asked, boolean laterPart) {
            var verb = asked.statement().verb();
            if (verb instanceof Verb.Query query && !query.changing() && laterPart) {
                return new Query(asked);
            }
            if (verb instanceof Verb.TransactionControl) {
                throw refused(asked);
            }
            return new Direct(asked);
        }

        @Override
        Step direct(Asked asked) {
            return new Direct(asked);
        }
    };

    private static final String RUNS = "EXPLAIN ANALYZE would run the statement: leave ANALYZE out.";

    private final String sentence;

    Gate(String sentence) {
        this.sentence = sentence;
    }

    static Gate of(AccessMode mode) {
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
    Step step(Asked asked, boolean laterPart) {
        return switch (asked.statement().verb()) {
            case Verb.Query query when !query.changing() -> new Query(asked);
            case Verb.Show show -> new Query(asked, shown(show));
            case Verb.Explain explain when !explain.runs() -> plan(asked, explain);
            default -> direct(asked);
        };
    }

    /** What is done for a statement that is no query. */
    abstract Step direct(Asked asked);

    private Step plan(Asked asked, Verb.Explain explain) {
        step(asked.inner(explain.statement()), false);
        return Plan.of(asked, explain);
    }

    /** SHOW is no query; the function that does the same is one. */
    private static Asked shown(Verb.Show show) {
        if (!FunctionPolicy.mayShow(show.setting())) {
            throw new PortException.RefusedException(
                    Reason.FORBIDDEN, "SHOW is not allowed for the setting " + show.setting() + ".", null);
        }
        return Asked.of(new Statement(
                "SELECT pg_catalog.current_setting('" + show.setting() + "') AS \"" + show.setting() + "\"",
                List.of()));
    }

    PortException refused(Asked asked) {
        var verb = asked.statement().verb();
        return new PortException.RefusedException(Reason.FORBIDDEN, verb instanceof Verb.Explain ? RUNS : sentence + not(verb), null);
    }

    private static String not(Verb verb) {
        boolean inside = verb instanceof Verb.Query query && query.changing();
        return ", not " + (inside ? ((Verb.Query) verb).inside() + " inside WITH" : verb.shown()) + ".";
    }
}
