package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.sample.settings.NullComponents;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
    private static final ConnectionString URL = ConnectionString.of("postgresql://reader@127.0.0.1/shop");

    @Test
    void hasTheseDefaults() {
        assertThat(DatabaseSettings.forUrl(URL))
                .isEqualTo(new DatabaseSettings(
                        URL,
                        AccessMode.READ_ONLY,
                        false,
                        Set.of(),
                        List.of(),
                        null,
                        new PoolSettings(5, 20, Duration.ofSeconds(5), Duration.ofMinutes(1)),
                        new DatabaseSettings.Limits(Duration.ofSeconds(29), Duration.ofSeconds(2), 4_194_304, 2, 4),
                        new DatabaseSettings.Replicas(List.of(), Duration.ofSeconds(10), Duration.ofSeconds(2))));
    }

    @Test
    void changesOneSettingAndKeepsTheOthers() {
        var limits = new DatabaseSettings.Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536, 2, 4);
        var replicas = DatabaseSettings.Replicas.of(URL);
        var changed = DatabaseSettings.forUrl(URL)
                .withMode(AccessMode.ADMIN)
                .withStrictRole(true)
                .withAllowedFunctions("public.f")
                .withSearchPath("sales")
                .withStoreSchema("breakwater")
                .withPool(PoolSettings.of(1, 2))
                .withLimits(limits)
                .withReplicas(replicas);

        assertThat(changed)
                .isEqualTo(new DatabaseSettings(
                        URL,
                        AccessMode.ADMIN,
                        true,
                        Set.of("public.f"),
                        List.of("sales"),
                        "breakwater",
                        PoolSettings.of(1, 2),
                        limits,
                        replicas));
    }

    @Test
    void refusesWhatCouldNeverWorkAndNamesTheSetting() {
        var good = DatabaseSettings.forUrl(URL);

        assertThatThrownBy(() -> good.withAllowedFunctions("f"))
                .hasMessageStartingWith("allowedFunctions ")
                .hasMessageContaining("'f'");
        assertThatThrownBy(() -> good.withSearchPath(" ")).hasMessageStartingWith("searchPath ");
        assertThatThrownBy(() -> good.withStoreSchema("")).hasMessageStartingWith("storeSchema ");
        assertThatThrownBy(() -> new DatabaseSettings.Limits(Duration.ZERO, Duration.ofSeconds(1), 65_536, 2, 4))
                .hasMessageStartingWith("statementTimeout ");
        assertThatThrownBy(() -> new DatabaseSettings.Limits(Duration.ofSeconds(1), Duration.ZERO, 65_536, 2, 4))
                .hasMessageStartingWith("lockTimeout ");
        assertThatThrownBy(() -> new DatabaseSettings.Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 2, 4))
                .hasMessageStartingWith("resultBytes ");
        assertThatThrownBy(
                        () -> new DatabaseSettings.Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536, 0, 4))
                .hasMessageStartingWith("runaway ");
        assertThatThrownBy(
                        () -> new DatabaseSettings.Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536, 2, 0))
                .hasMessageStartingWith("uninterruptible ");
        assertThatThrownBy(() -> new DatabaseSettings.Replicas(List.of(), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageStartingWith("lag ");
        assertThatThrownBy(() -> new DatabaseSettings.Replicas(List.of(), Duration.ZERO, Duration.ZERO))
                .hasMessageStartingWith("checkInterval ");
    }

    @Test
    void refusesNullAndNamesTheComponent() {
        var settings = DatabaseSettings.forUrl(URL);

        assertThat(NullComponents.acceptedBy(settings, settings.pool(), settings.limits(), settings.replicas()))
                .isEmpty();
    }
}
