package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.sql.CalledNames;
import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides with the server's catalog whether a statement reaches a function that it must not call, or a table that
 * contains credentials. Thread-safe; one for each database.
 *
 * <p>Every function counts whose name could be a call in the statement, in any schema and with any arguments. So do the
 * functions that the relations and types of the statement reach without a name: through views, operators, casts, checks
 * of domains, operator classes, functions of types, and the expressions of indexes, checks, generated columns,
 * statistics and partition keys. System functions are allowed if they were {@linkplain ReviewedFunctions reviewed} for
 * the server's version. All other functions are refused, except the non-volatile ones of some extensions that come with
 * PostgreSQL, and those that the operator allows. The policy does not check the row security policies of a table, its
 * triggers, its defaults when nothing is written, and the functions that an allowed function calls: their owners are
 * responsible for them.
 *
 * <p>The decision for a set of names is cached for a minute, for at most {@value PolicyCache#MAX_ENTRIES} sets: a
 * function that is created in the meantime is seen a minute later.
 */
public final class FunctionPolicy {
    private final AccessMode mode;
    private final PolicyEvaluator evaluator;
    private final PolicyCache cache;
    private final UninterruptibleFunctions uninterruptible;

    /**
     * Creates a policy with exceptions.
     *
     * @param mode the access mode; in ADMIN nothing is refused
     * @param allowed the functions that are allowed besides the system's harmless ones: {@code schema.name} for a
     *     function or an operator, {@code schema.*} for the functions of a schema that are neither volatile nor
     *     SECURITY DEFINER, {@code extension:name} for the same of an extension
     */
    public FunctionPolicy(AccessMode mode, Collection<String> allowed) {
        this(mode, allowed, SettingNames.JAVA);
    }

    /** Creates a policy with exceptions whose messages use these names of settings. */
    public FunctionPolicy(AccessMode mode, Collection<String> allowed, SettingNames names) {
        this(mode, allowed, names, System::nanoTime);
    }

    FunctionPolicy(AccessMode mode, Collection<String> allowed, SettingNames names, LongSupplier nanoTime) {
        var setting = names.nameOf("DatabaseSettings.allowedFunctions");
        this.mode = mode;
        this.evaluator = new PolicyEvaluator(mode, new AllowedFunctions(allowed), setting);
        this.cache = new PolicyCache(nanoTime);
        this.uninterruptible = new UninterruptibleFunctions(allowed, setting);
    }

    /**
     * Checks that the statement calls only allowed functions, with at most one round trip.
     *
     * @param connection a connection to the database for a query; its transaction and its settings do not change
     * @throws PortException.RefusedException FORBIDDEN when a function is not allowed; the sentence names the function,
     *     and the setting that would allow it if there is one
     */
    public void admit(SqlStatement statement, Connection connection) throws SQLException {
        if (mode == AccessMode.ADMIN) {
            return;
        }
        var query = new PolicyQuery(statement.names(), statement.verb() instanceof StatementVerb.Change);
        var decision = cache.get(query).orElse(null);
        if (decision == null) {
            decision = new PolicyDecision(evaluate(query, connection));
            cache.put(query, decision);
        }
        decision.refusal().ifPresent(FunctionPolicy::refuse);
    }

    /** Whether the statement could call a function that the server cannot interrupt, for some values of parameters. */
    public boolean mayBeUninterruptible(SqlStatement statement) {
        return UninterruptibleFunctions.mayUse(statement);
    }

    /**
     * Checks that the server can interrupt all functions that the statement calls, or that the operator allows them.
     *
     * @param values the lengths of the parameters' values, in characters
     * @return whether the statement uses a function that the server cannot interrupt and that is allowed by its name
     * @throws PortException.RefusedException FORBIDDEN for a function that is not allowed; the sentence names it and
     *     the setting
     */
    public boolean checkUninterruptible(SqlStatement statement, LongSummaryStatistics values) {
        if (mode != AccessMode.ADMIN) {
            uninterruptible.refusal(statement, values).ifPresent(FunctionPolicy::refuse);
        }
        return uninterruptible.isUsedBy(statement, values);
    }

    private Optional<String> evaluate(PolicyQuery query, Connection connection) throws SQLException {
        boolean settings = HarmlessSettings.areHarmless(query.names().settings());
        return CatalogLookup.reached(query, connection).stream()
                .filter(reached -> !(settings && reached.isCallOfCurrentSetting()))
                .flatMap(reached -> evaluator.refusal(reached).stream())
                .findFirst();
    }

    private static void refuse(String sentence) {
        throw new PortException.RefusedException(PortException.RefusedException.Reason.FORBIDDEN, sentence, null);
    }

    /** Whether SHOW is allowed for this setting, because it only affects how statements run. */
    public static boolean mayShow(String setting) {
        return HarmlessSettings.isHarmless(setting);
    }

    /** The input of a decision: the names of a statement, and whether it assigns values to columns. */
    record PolicyQuery(CalledNames names, boolean assigns) {}

    /** A decision: the sentence of a refusal, or empty. */
    record PolicyDecision(Optional<String> refusal) {}
}
