package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The functions of PostgreSQL's own that the server cannot end: they do not check for interrupts, so that neither a
 * time limit nor a cancel nor {@code pg_terminate_backend} reaches them. {@code bootstrap/checks/uninterruptible} finds
 * them.
 *
 * <p>Some are refused always: a short call of theirs can take hours. The others take long for two long values only,
 * which few ordinary questions have; they are refused where the statement makes long values, or is given them, and no
 * short constant bounds the work.
 */
final class UninterruptibleFunctions {
    /** What takes long for values that a table may hold. */
    private static final Set<String> ALWAYS = Set.of("polygon", "xmlexists", "xmltable", "xpath", "xpath_exists");

    private final Set<String> allowed;

    /** With entries of {@code database.allowed-functions}. */
    UninterruptibleFunctions(Collection<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** Whether there are values with which it would use one. */
    static boolean concerns(SqlStatement statement) {
        var calls = statement.names().calls();
        return !statement.unbounded().isEmpty() || ALWAYS.stream().anyMatch(calls::contains);
    }

    /** The sentence that refuses a statement, if one does. */
    Optional<String> refusal(SqlStatement statement, LongSummaryStatistics values) {
        return usedBy(statement, values).stream()
                .filter(name -> !isAllowed(name))
                .findFirst()
                .map(name -> sentence(name, statement.unbounded().always().contains(name)));
    }

    /** Whether a statement uses one that is allowed by name. */
    boolean isUsedBy(SqlStatement statement, LongSummaryStatistics values) {
        return !allowed.isEmpty() && usedBy(statement, values).stream().anyMatch(this::isAllowed);
    }

    private static Set<String> usedBy(SqlStatement statement, LongSummaryStatistics values) {
        var used = new TreeSet<>(statement.unbounded().given(Math.max(0, values.getMax()), values.getSum()));
        used.addAll(statement.unbounded().always());
        ALWAYS.stream().filter(statement.names().calls()::contains).forEach(used::add);
        return used;
    }

    private boolean isAllowed(String name) {
        return allowed.contains("pg_catalog." + name);
    }

    private static String sentence(String name, boolean always) {
        var advice = always || ALWAYS.contains(name)
                ? ""
                : " on values that can be long: make one of them a short constant;";
        return "PostgreSQL cannot interrupt " + name + (advice.isEmpty() ? ";" : advice)
                + " the operator can allow it by adding pg_catalog." + name + " to database.allowed-functions.";
    }
}
