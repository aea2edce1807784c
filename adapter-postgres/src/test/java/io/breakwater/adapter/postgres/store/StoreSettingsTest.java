package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.sample.settings.NullComponents;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSettingsTest {
    private static final ConnectionString URL = ConnectionString.of("postgresql://store:hunter2@db.example.com/shop");

    @Test
    void hasTheseDefaults() {
        assertThat(StoreSettings.forUrl(URL))
                .isEqualTo(new StoreSettings(
                        URL,
                        "breakwater",
                        new PoolSettings(5, 20, Duration.ofSeconds(5), Duration.ofMinutes(1)),
                        Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "public", "pg_catalog", "pg_mine", "information_schema", "Store", "a b", "a\"b", "1a"})
    void refusesASchemaThatIsNotItsOwn(String schema) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreSettings.forUrl(URL).withSchema(schema))
                .withMessageContaining("breakwater");
    }

    @Test
    void refusesToTryAgainWithoutAPause() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreSettings.forUrl(URL).withRetryAfter(Duration.ZERO));
    }

    @Test
    void printsNoSecret() {
        assertThat(StoreSettings.forUrl(URL).toString())
                .doesNotContain("hunter2")
                .contains("db.example.com/shop");
    }

    @Test
    void refusesNullAndNamesTheComponent() {
        assertThat(NullComponents.acceptedBy(StoreSettings.forUrl(URL))).isEmpty();
    }
}
