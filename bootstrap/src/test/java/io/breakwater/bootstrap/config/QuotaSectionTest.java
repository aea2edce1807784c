package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.settings.QuotaLimits;
import io.breakwater.server.settings.QuotaSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaSectionTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsEveryQuota() {
        var configuration =
                new ConfigFolder(folder).file("breakwater.yaml", """
                limits:
                  quota:
                    principal-calls: 20000
                    principal-rows: 1000000
                    principal-cost: 999999999999999
                    tenant-calls: 1
                    tenant-rows: off
                    keys: 500
                    timeout: 300ms
                """).load();

        assertThat(configuration.settings().quotas())
                .isEqualTo(new QuotaSettings(
                        new QuotaLimits(20_000, 1_000_000, 999_999_999_999_999.0),
                        QuotaLimits.NONE.withCalls(1),
                        500,
                        Duration.ofMillis(300)));
    }

    @Test
    void anotherSourceCanSwitchAQuotaOff() {
        var quotas = new ConfigFolder(folder)
                .file("breakwater.yaml", "limits: {quota: {tenant-cost: 5}}\n")
                .variable("BREAKWATER_LIMITS_QUOTA_TENANT_COST", "off")
                .load()
                .settings()
                .quotas();

        assertThat(quotas.isOff()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "1000000000000000", "many", "100/d"})
    void refusesWhatIsNoQuota(String text) {
        assertThat(new ConfigFolder(folder)
                        .option("limits.quota.principal-calls", text)
                        .errors())
                .singleElement()
                .asString()
                .endsWith("'" + text + "' is not valid; write a whole number from 1 to 999999999999999, or off for no"
                        + " quota");
    }

    @Test
    void saysThatZeroIsNotOff() {
        assertThat(new ConfigFolder(folder)
                        .option("limits.quota.principal-rows", "0")
                        .errors())
                .singleElement()
                .asString()
                .endsWith("; 0 would refuse everything: off is no quota");
    }

    @Test
    void theDailyBudgetIsAQuotaNow() {
        assertThat(new ConfigFolder(folder)
                        .file("breakwater.yaml", "database: {cost: {daily-budget: 5}}\n")
                        .errors())
                .containsExactly("breakwater.yaml:1:19: database.cost.daily-budget: there is no such setting; it is now"
                        + " limits.quota.principal-cost");
    }
}
