package io.breakwater.core.presentation.interceptor;

import static io.breakwater.core.presentation.interceptor.LimitedServers.admitted;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.principal;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.query;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.quotas;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.tenant;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.user;
import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.QuotaLimits;
import io.breakwater.server.settings.QuotaSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code get_metrics} tells callers about quotas. */
class QuotaMetricsTest {
    private final ServersWithQuotas servers = new ServersWithQuotas();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void getMetricsTellsACallerItsOwnQuotas() {
        var limits = QuotaLimits.NONE.withCalls(100).withCost(5_000);
        var server = servers.sharing(principal(limits).withTenant(QuotaLimits.NONE.withCalls(1_000)));
        servers.database.counts("SELECT 1", 1).estimates(new Estimate(12.345, 1, "Result"));
        admitted(user(server, "ben", "acme"), 20);
        query(user(server, "ann", "acme"), "SELECT 1").awaitEnd();

        assertThat(quotas(user(server, "ann", "acme"))).isEqualTo(items(json("""
                                {'q':[
                                {'scope':'principal','kind':'calls','limit':100,'used':2.0,'resets_at':'2026-03-02T00:00:00Z'},
                                {'scope':'tenant','kind':'calls','limit':1000,'used':22.0,'resets_at':'2026-03-02T00:00:00Z'},
                                {'scope':'principal','kind':'cost','limit':5000,'used':12.35,'resets_at':'2026-03-02T00:00:00Z'}
                                ]}"""), "q"));
        assertThat(quotas(user(server, "cay", "globex")))
                .as("of another caller in another tenant")
                .allSatisfy(quota -> assertThat(((Json.Obj) quota).get("used")).isIn(Json.of(0.0), Json.of(1.0)));
    }

    @Test
    void getMetricsTellsWhatOtherServersCounted() {
        var settings = principal(QuotaLimits.NONE.withRows(1_000));
        servers.database.counts("SELECT many", 40);
        query(user(servers.sharing(settings), "ann"), "SELECT many").awaitEnd();
        servers.limited.executors.pass(Duration.ofSeconds(1));

        var other = user(servers.sharing(settings), "ann");
        Eventually.holds(() -> Json.of(40.0).equals(((Json.Obj) quotas(other).getFirst()).get("used")));
    }

    @Test
    void aCallerWithoutQuotasSeesNone() {
        assertThat(quotas(user(servers.start(QuotaSettings.OFF), "ann"))).isEmpty();
        assertThat(quotas(user(servers.start(tenant(QuotaLimits.NONE.withCalls(10))), "ann")))
                .isEmpty();
    }
}
