package io.breakwater.core.presentation.interceptor;

import static io.breakwater.core.presentation.interceptor.LimitedServers.admitted;
import static io.breakwater.core.presentation.interceptor.LimitedServers.isLimited;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.message;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.principal;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.query;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.user;
import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.port.driving.RateLimitFields;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.settings.QuotaLimits;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers whose SQL statements have quotas. On this clock it is noon. */
class StatementQuotaTest {
    private final ServersWithQuotas servers = new ServersWithQuotas();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void aStatementRunsWhileARowIsLeft() {
        servers.database.counts("SELECT many", 40);
        var ann = user(servers.sharing(principal(QuotaLimits.NONE.withRows(100))), "ann");

        for (int i = 0; i < 3; i++) {
            assertThat(query(ann, "SELECT many").result().get("isError")).isNotEqualTo(Json.of(true));
        }
        var reply = query(ann, "SELECT many");

        assertThat(reply.code()).isEqualTo(429);
        assertThat(message(reply))
                .isEqualTo("Your quota of 100 rows a day is used up. It resets at 2026-03-02T00:00:00Z.");
        var noon = Duration.ofHours(12);
        assertThat(reply.status())
                .isEqualTo(new ReplyStatus.TooMany(
                        noon, new RateLimitFields("principal-rows", 100, Duration.ofDays(1), noon)));
        assertThat(servers.database.asked()).hasSize(3);
        assertThat(isLimited(ann.call("echo"))).as("a call without statements").isFalse();
    }

    @Test
    void theStatementsOfABatchEndWhenNoRowIsLeft() {
        servers.database.counts("SELECT many", 60);
        var ann = user(servers.start(principal(QuotaLimits.NONE.withRows(100))), "ann");
        var operation = "{'tool':'execute_query','arguments':{'query':'SELECT many'}}";
        var statements = String.join(",", Collections.nCopies(20, operation));

        var result = ann.ask("tools/call", "{'name':'batch_operation','arguments':{'operations':[" + statements + "]}}")
                .result();

        assertThat(result.object("structuredContent").text("status")).isEqualTo("partial");
        assertThat(servers.database.asked())
                .as("two, and those that run at the same time")
                .hasSizeBetween(2, 9);
    }

    @Test
    void theCostOfStatementsIsTakenBeforeTheyRun() {
        servers.database.counts("SELECT 1", 1).estimates(new Estimate(600, 1, "Seq Scan on public.orders"));
        var ann = user(servers.sharing(principal(QuotaLimits.NONE.withCost(1_000))), "ann");
        query(ann, "SELECT 1").awaitEnd();

        var error = Json.parse(text(query(ann, "SELECT 1"))) instanceof Json.Obj body
                ? body.object("error")
                : Json.Obj.EMPTY;

        assertThat(error.text("code")).isEqualTo("RATE_LIMITED");
        assertThat(error.text("message"))
                .isEqualTo(
                        "Your quota of 1,000 planner units a day has 400 left, and this query is expected to cost 600"
                                + " planner units. It resets at 2026-03-02T00:00:00Z.");
        assertThat(error.get("retryAfterMs")).isEqualTo(Json.of(43_200_000));
        assertThat(servers.database.asked()).hasSize(1);

        servers.database.estimates(new Estimate(400, 1, "Seq Scan on public.orders"));
        query(ann, "SELECT 1").awaitEnd();
        assertThat(query(ann, "SELECT 1").code()).as("nothing is left").isEqualTo(429);
    }

    private static String text(RecordedReply reply) {
        return String.valueOf(((Json.Obj) items(reply.result(), "content").getFirst()).text("text"));
    }

    @Test
    void countsRefusalsByScopeAndKind() {
        var limits = QuotaLimits.NONE.withCalls(10).withCost(1_000);
        var server = servers.start(principal(limits));
        admitted(user(server, "ann"), 13);
        servers.database.counts("SELECT 1", 1).estimates(new Estimate(600, 1, "Result"));
        query(user(server, "ben"), "SELECT 1").awaitEnd();
        query(user(server, "ben"), "SELECT 1").awaitEnd();

        assertThat(exceeded("principal", "calls")).isEqualTo(3);
        assertThat(exceeded("principal", "cost")).isEqualTo(1);
    }

    @Test
    void theMetricOfUsagesTellsTheTwoTablesApart() {
        admitted(user(servers.start(principal(QuotaLimits.NONE.withCalls(10))), "ann"), 1);

        assertThat(usages("principals")).isEqualTo(1);
        assertThat(usages("networks")).isZero();
    }

    private double usages(String callers) {
        return servers.limited
                .meters
                .get("mcp_quota_keys")
                .tags("callers", callers)
                .gauge()
                .value();
    }

    private double exceeded(String scope, String kind) {
        return servers.limited
                .meters
                .get("mcp_quota_exceeded_total")
                .tags("scope", scope, "kind", kind)
                .functionCounter()
                .count();
    }
}
