package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.PortException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "3F000", "42501"})
    void tablesThatAreMissingOrForbiddenAreNoOutageThatPasses(String state) {
        assertThat(SqlFailures.of(new SQLException("canary", state)))
                .isInstanceOfSatisfying(
                        PortException.UnavailableException.class,
                        failure -> assertThat(failure.retryAfter()).isNull())
                .hasMessage(
                        "The store's tables cannot be used (SQLSTATE " + state + "): restore the store or its rights.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P01", "08006", "53300", "22001", "23505"})
    void everyMessageIsAboutTheStore(String state) {
        assertThat(SqlFailures.of(new SQLException("canary", state)))
                .hasMessageContaining("store")
                .hasMessageContaining(state)
                .hasMessageNotContaining("database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "57P01", "57P02", "57P03", "08006"})
    void whatAnAdministratorEndsLeavesNoStackTraceInTheLog(String state) {
        var failure = SqlFailures.of(new SQLException("canary", state));

        assertThat(failure).isInstanceOf(PortException.class);
        assertThat(failure.getCause())
                .isNotNull()
                .hasMessage("SQLSTATE " + state)
                .satisfies(cause -> assertThat(cause.getStackTrace()).isEmpty());
    }
}
