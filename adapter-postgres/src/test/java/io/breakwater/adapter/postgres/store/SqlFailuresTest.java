package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.PortException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {

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
