package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.port.PortException;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGProperty;

/** Details of errors hold values of rows. An operator's address may ask the driver for them; it does not get them. */
@Tag("server")
class ErrorDetailTest {
    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final ConnectionString address =
            ConnectionString.of(server.url(database, "postgres") + "?logServerErrorDetail=true");

    @RegisterExtension
    final Stores stores = new Stores(server);

    @Test
    void noConnectionTellsThem() throws SQLException {
        try (var connection = address.connect(Map.of(PGProperty.LOG_SERVER_ERROR_DETAIL, "true"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE secret (word text UNIQUE)");
            statement.execute("INSERT INTO secret VALUES ('canary')");

            assertThatThrownBy(() -> statement.execute("INSERT INTO secret VALUES ('canary')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("secret_word_key")
                    .message()
                    .doesNotContain("canary");
        }
    }

    @Test
    void theStoreRevealsNoErrorDetails() {
        var users = stores.open(StoreSettings.forUrl(address)).users();
        users.create("Anna", "canary@example.com", ManualCallContext.unhurried());

        var refused = catchThrowableOfType(
                PortException.RefusedException.class,
                () -> users.create("Ann", "canary@example.com", ManualCallContext.unhurried()));

        assertThat(refused).hasStackTraceContaining("users_email");
        assertThat(refused.getCause()).message().doesNotContain("canary");
    }
}
