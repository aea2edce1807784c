package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The system functions that the server cannot interrupt: they do not check for interrupts, so that neither a time limit
 * nor a cancellation nor {@code pg_terminate_backend} ends them. {@code bootstrap/checks/uninterruptible} finds them.
 *
 * <p>Some are always refused, because a short call can take hours. The others take long only for two long values, which
 * few statements have; they are refused when the statement produces long values, or has long parameters, and no short
 * constant limits the work.
 */
final class UninterruptibleFunctions {
    /** Functions that take long for values that a table may contain. */
    private static final Set<String> ALWAYS = Set.of("polygon", "xmlexists", "xmltable", "xpath", "xpath_exists");

    private final Set<String> allowed;
    private final String setting;

    /**
     * Creates the check.
     *
     * @param allowed the entries of the setting for allowed functions
     * @param setting the name of this setting
     */
    UninterruptibleFunctions(Collection<String> allowed, String setting) {
        this.allowed = Set.copyOf(allowed);
        this.setting = setting;
    }

    /** Whether the statement uses such a function for some values of parameters. */
    static boolean mayUse(SqlStatement statement) {
        var calls = statement.names().calls();
        return !statement.unbounded().isEmpty() || ALWAYS.stream().anyMatch(calls::contains);
    }

    /** Returns the sentence of the refusal; empty when the statement is allowed. */
    Optional<String> refusal(SqlStatement statement, LongSummaryStatistics values) {
        return usedBy(statement, values).stream()
                .filter(name -> !isAllowed(name))
                .findFirst()
                .map(name -> sentence(name, statement.unbounded().always().contains(name)));
    }

    /** Whether a statement uses such a function that is allowed by name. */
    boolean isUsedBy(SqlStatement statement, LongSummaryStatistics values) {
        return !allowed.isEmpty() && usedBy(statement, values).stream().anyMatch(this::isAllowed);
    }

    private static Set<String> usedBy(SqlStatement statement, LongSummaryStatistics values) {
        var used = new TreeSet<>(statement.unbounded().whenLengthsAre(Math.max(0, values.getMax()), values.getSum()));
        used.addAll(statement.unbounded().always());
        ALWAYS.stream().filter(statement.names().calls()::contains).forEach(used::add);
        return used;
    }

    private boolean isAllowed(String name) {
        return allowed.contains("pg_catalog." + name);
    }

    private String sentence(String name, boolean always) {
        var advice = always || ALWAYS.contains(name)
                ? ". Ask"
                : " on long values. Make one argument a short constant, or ask";
        return "PostgreSQL cannot interrupt " + name + advice + " the operator to add pg_catalog." + name + " to "
                + setting + ".";
    }
}
