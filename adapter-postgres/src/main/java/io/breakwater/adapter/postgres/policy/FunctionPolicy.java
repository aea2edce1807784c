package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.sql.CalledNames;
import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides by the server's catalogue whether a statement reaches a function that it must not call, or a table that holds
 * credentials. Thread-safe; one for each database.
 *
 * <p>All functions count that have a name which could be a call, in whatever schema and with whatever arguments; so do
 * those that the relations and types of the statement reach without a name: through views, operators, casts, checks of
 * domains, operator classes, functions of types, and the expressions of indexes, checks, generated columns, statistics
 * and partition keys. The system's own pass if they were {@linkplain ReviewedFunctions reviewed} for the server's
 * version. All others are refused, but for the non-volatile ones of some extensions that come with PostgreSQL, and for
 * what the operator allows. Not asked are the row security policies of a table, its triggers, its defaults when nothing
 * is written, and what an allowed function calls: their owners answer for those.
 *
 * <p>What was found for a set of names is kept for a minute, at most {@value Verdicts#MOST} of them: a function that is
 * made in the meantime is seen a minute later.
 */
public final class FunctionPolicy {
    private final AccessMode mode;
    private final PolicyEvaluator judge;
    private final PolicyCache verdicts;
    private final UninterruptibleFunctions uninterruptible;

    /**
     * A policy with exceptions.
     *
     * @param mode what statements may do beside; in ADMIN nothing is refused
     * @param allowed what may be used beside the system's harmless functions: {@code schema.name} for a function or an
     *     operator, {@code schema.*} for what is neither volatile nor SECURITY DEFINER in a schema,
     *     {@code extension:name} for the same of an extension
     */
    public FunctionPolicy(AccessMode mode, Collection<String> allowed) {
        this(mode, allowed, System::nanoTime);
    }

    FunctionPolicy(AccessMode mode, Collection<String> allowed, LongSupplier nanoTime) {
        this.mode = mode;
        this.judge = new PolicyEvaluator(mode, new AllowedFunctions(allowed));
        this.verdicts = new PolicyCache(nanoTime);
        this.uninterruptible = new UninterruptibleFunctions(allowed);
    }

    /**
     * Returns when the statement calls nothing that it must not; at most one round trip.
     *
     * @param connection a connection to the database on which a query can be run; its transaction and its settings are
     *     left as they were
     * @throws PortException.RefusedException FORBIDDEN when it does; the sentence names the function, and the setting
     *     that would allow it if there is one
     */
    public void admit(SqlStatement statement, Connection connection) throws SQLException {
        if (mode == AccessMode.ADMIN) {
            return;
        }
        var question = new Question(statement.names(), statement.verb() instanceof StatementVerb.Change);
        var verdict = verdicts.known(question).orElse(null);
        if (verdict == null) {
            verdict = new Verdict(judged(question, connection));
            verdicts.keep(question, verdict);
        }
        verdict.refusal().ifPresent(FunctionPolicy::refuse);
    }

    /** Whether there are values for which the server could not end what the statement calls. */
    public boolean concernsWork(SqlStatement statement) {
        return UninterruptibleFunctions.concerns(statement);
    }

    /**
     * Returns when the server can end all that the statement calls, or the operator allows it nevertheless.
     *
     * @param values the lengths of the parameters' values
     * @return whether it uses a function that the server cannot end and that is allowed by its name
     * @throws PortException.RefusedException FORBIDDEN for a function that is not allowed; the sentence names it and
     *     the setting
     */
    public boolean admitWork(SqlStatement statement, LongSummaryStatistics values) {
        if (mode != AccessMode.ADMIN) {
            uninterruptible.refusal(statement, values).ifPresent(FunctionPolicy::refuse);
        }
        return uninterruptible.isUsedBy(statement, values);
    }

    private Optional<String> judged(Question question, Connection connection) throws SQLException {
        boolean settings = HarmlessSettings.areHarmless(question.names().settings());
        return CatalogLookup.reached(question, connection).stream()
                .filter(reached -> !(settings && reached.isCallOfCurrentSetting()))
                .flatMap(reached -> judge.refusal(reached).stream())
                .findFirst();
    }

    private static void refuse(String sentence) {
        throw new PortException.RefusedException(PortException.RefusedException.Reason.FORBIDDEN, sentence, null);
    }

    /** Whether SHOW may show this setting: it tells nothing but how answers come about. */
    public static boolean mayShow(String setting) {
        return HarmlessSettings.isHarmless(setting);
    }

    /** What the catalogue is asked: names, and whether values are assigned to columns. */
    record Question(CalledNames names, boolean assigns) {}

    /** What came out: a sentence that refuses, or nothing. */
    record Verdict(Optional<String> refusal) {}
}
