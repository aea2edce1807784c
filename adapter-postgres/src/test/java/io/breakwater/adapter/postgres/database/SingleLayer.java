package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** How attacks are sent where one layer stands alone. */
final class SingleLayer {
    private SingleLayer() {}

    /**
     * All ways to get past a layer that are tried.
     *
     * @param timeLimit what {@link Layer#TIME_LIMITS} allows each statement
     */
    static List<SendingStyle> styles(Layer layer, Duration timeLimit) {
        return switch (layer) {
            case NONE -> both(style -> style);
            case ROLE -> both(style -> style.as(Databases.READER));
            case ONE_STATEMENT -> both(style -> style.judged((text, connection) -> isOneQuery(text)));
            case CURSOR -> List.of(SendingStyle.TOGETHER.sending(SingleLayer::asCursor));
            case READ_ONLY ->
                List.of(SendingStyle.TOGETHER.within(
                        List.of(Transaction.READING.sql(), "SELECT 1"), List.of("COMMIT")));
            case FUNCTION_POLICY -> both(style -> style.judged(SingleLayer::callsNothing));
            case TIME_LIMITS -> timeLimits(timeLimit);
            case ROLLBACK_AND_RESET ->
                List.of(SendingStyle.TOGETHER.within(
                        List.of("BEGIN"),
                        List.of("ROLLBACK", "SELECT pg_catalog.pg_advisory_unlock_all()", "DEALLOCATE ALL")));
        };
    }

    private static List<SendingStyle> both(UnaryOperator<SendingStyle> change) {
        return List.of(change.apply(SendingStyle.LOOSE), change.apply(SendingStyle.TOGETHER));
    }

    private static boolean isOneQuery(String text) {
        try {
            VerbPolicy.READ_ONLY.step(ParsedStatement.of(new Statement(text, List.of())), false);
            return true;
        } catch (PortException refused) {
            return false;
        }
    }

    private static List<String> asCursor(String text) {
        return List.of(QueryStep.DECLARE + text, "FETCH ALL FROM breakwater", "CLOSE breakwater");
    }

    private static List<SendingStyle> timeLimits(Duration limit) {
        var limits = List.of("SET statement_timeout = " + limit.toMillis(), "SET lock_timeout = " + limit.toMillis());
        UnaryOperator<List<String>> limited =
                texts -> Stream.concat(limits.stream(), texts.stream()).toList();
        return List.of(
                SendingStyle.LOOSE.within(limits, List.of()).sending(text -> limited.apply(List.of(text))),
                SendingStyle.TOGETHER
                        .within(limited.apply(List.of("BEGIN")), List.of("COMMIT"))
                        .sending(text -> limited.apply(List.of(text))));
    }

    /** The policy reads statements, so it is shown each of them; what cannot be read reaches nothing that it knows. */
    private static boolean callsNothing(String text, Connection connection) throws SQLException {
        var policy = new FunctionPolicy(AccessMode.READ_ONLY, Set.of());
        for (NativeQuery part : Parser.parseJdbcSql(text, true, false, true, false, true)) {
            if (!isAdmitted(policy, part.nativeSql, connection)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAdmitted(FunctionPolicy policy, String sql, Connection connection) throws SQLException {
        SqlStatement statement;
        try {
            statement = SqlStatement.of(sql);
        } catch (PortException unreadable) {
            return true;
        }
        try {
            policy.admit(statement, connection);
            return true;
        } catch (PortException refused) {
            return false;
        }
    }
}
