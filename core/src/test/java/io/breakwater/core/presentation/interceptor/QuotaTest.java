package io.breakwater.core.presentation.interceptor;

import static io.breakwater.core.presentation.interceptor.LimitedServers.HOME;
import static io.breakwater.core.presentation.interceptor.LimitedServers.admitted;
import static io.breakwater.core.presentation.interceptor.LimitedServers.isLimited;
import static io.breakwater.core.presentation.interceptor.LimitedServers.unlimited;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.message;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.principal;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.quotas;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.tenant;
import static io.breakwater.core.presentation.interceptor.ServersWithQuotas.user;
import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.port.driving.RateLimitFields;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.settings.QuotaLimits;
import io.breakwater.server.settings.QuotaSettings;
import io.breakwater.server.settings.RateLimitSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers within and beyond the quotas of a server. On this clock it is noon. */
class QuotaTest {
    private static final QuotaSettings TEN_CALLS = principal(QuotaLimits.NONE.withCalls(10));

    private final ServersWithQuotas servers = new ServersWithQuotas();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void tellsARefusedCallerWhichQuotaAndWhenItResets() {
        var ann = user(servers.start(TEN_CALLS), "ann");
        assertThat(admitted(ann, 20)).isEqualTo(10);

        var reply = ann.call("echo");

        assertThat(reply.code()).isEqualTo(429);
        assertThat(message(reply))
                .isEqualTo("Your quota of 10 calls a day is used up. It resets at 2026-03-02T00:00:00Z.");
        assertThat(reply.error().object("data")).isEqualTo(json("{'code':'RATE_LIMITED','retryAfterMs':43200000}"));
        var noon = Duration.ofHours(12);
        assertThat(reply.status())
                .isEqualTo(new ReplyStatus.TooMany(
                        noon, new RateLimitFields("principal-calls", 10, Duration.ofDays(1), noon)));
        assertThat(new RateLimitFields("principal-calls", 10, Duration.ofDays(1), noon).policyField())
                .isEqualTo("\"principal-calls\";q=10;w=86400");
    }

    @Test
    void ofConcurrentCallsAtTheLimitNoneIsTooMany() {
        for (var server : List.of(servers.start(TEN_CALLS), servers.sharing(TEN_CALLS))) {
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var counts = IntStream.range(0, 11)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> admitted(user(server, "ann"), 1), callers))
                        .toList();

                assertThat(counts.stream().mapToInt(CompletableFuture::join).sum())
                        .isEqualTo(10);
            }
        }
    }

    @Test
    void theCallersOfATenantShareItsQuota() {
        var server = servers.sharing(tenant(QuotaLimits.NONE.withCalls(10)));

        assertThat(admitted(user(server, "ann", "acme"), 6)).isEqualTo(6);
        assertThat(admitted(user(server, "ben", "acme"), 6)).isEqualTo(4);
        assertThat(message(user(server, "ann", "acme").call("echo")))
                .startsWith("Your tenant's quota of 10 calls a day is used up.");
        assertThat(admitted(user(server, "cay"), 20)).as("without a tenant").isEqualTo(20);
    }

    @Test
    void twoTenantsWithEqualPrincipalsNeverMeet() {
        var limits = QuotaLimits.NONE.withCalls(10);
        var server = servers.sharing(principal(limits).withTenant(limits));
        admitted(user(server, "ann", "acme"), 10);

        assertThat(admitted(user(server, "ann", "acme"), 1)).isZero();
        assertThat(admitted(user(server, "ann", "globex"), 20)).isEqualTo(10);
        assertThat(admitted(user(server, "ann"), 20)).isEqualTo(10);
        assertThat(admitted(user(server, "acme"), 20)).isEqualTo(10);
    }

    @Test
    void serversThatShareAStoreShareTheQuotas() {
        assertThat(admitted(user(servers.sharing(TEN_CALLS), "ann"), 7)).isEqualTo(7);
        assertThat(admitted(user(servers.sharing(TEN_CALLS), "ann"), 7)).isEqualTo(3);
    }

    @Test
    void aServerThatStartsAgainForgetsNothing() {
        try (var before = new LimitedServers()) {
            var server = before.start(servers.builder(before, principal(QuotaLimits.NONE.withCalls(10_000)))
                    .quotaStore(servers.store));
            admitted(user(server, "ann"), 9);
        }

        assertThat(admitted(user(servers.sharing(TEN_CALLS), "ann"), 5)).isEqualTo(1);
    }

    @Test
    void anonymousCallersAreToldApartByTheirNetworksAndAreNotInTheStore() {
        var server = servers.sharing(TEN_CALLS);

        assertThat(admitted(ModernRequests.from(server, HOME), 20)).isEqualTo(10);
        assertThat(admitted(ModernRequests.from(server, "192.0.2.2"), 20)).isEqualTo(10);
        assertThat(servers.store.requests()).isZero();
        assertThat(admitted(user(server, HOME), 20))
                .as("a principal with such a name")
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "stdio"})
    void localCallersHaveNoQuotasUnlessTheSettingsSaySo(String address) {
        var server = servers.start(TEN_CALLS);
        var limited = servers.limited.start(
                servers.builder(TEN_CALLS).rateLimits(unlimited().withLocalCallers(true)));

        assertThat(admitted(ModernRequests.from(server, address), 50)).isEqualTo(50);
        assertThat(quotas(ModernRequests.from(server, address))).isEmpty();
        assertThat(admitted(ModernRequests.from(limited, address), 50)).isEqualTo(10);
    }

    @Test
    void readsAndPromptsCountAndQuestionsAboutTheServerDoNot() {
        var ann = user(servers.start(principal(QuotaLimits.NONE.withCalls(3))), "ann");
        ann.call("echo").awaitEnd();
        assertThat(isLimited(ann.ask("resources/read", "{'uri':'note://one'}"))).isFalse();
        assertThat(isLimited(ann.ask("prompts/get", "{'name':'diagnose_health'}")))
                .isFalse();

        assertThat(isLimited(ann.call("echo"))).isTrue();
        assertThat(isLimited(ann.ask("resources/read", "{'uri':'note://one'}"))).isTrue();
        for (var method : List.of("server/discover", "tools/list", "resources/list", "prompts/list")) {
            assertThat(ann.ask(method, "{}").result()).as(method).isNotNull();
        }
    }

    @Test
    void aCallWithARoundCountsOnce() {
        var ann = user(servers.start(principal(QuotaLimits.NONE.withCalls(1))), "ann");
        var asked = ann.call("ask").result();
        var answers = "{'sure':{'action':'accept','content':{'sure':true}}}";

        assertThat(isLimited(ann.again("tools/call", "{'name':'ask'}", asked, answers)))
                .isFalse();
        assertThat(isLimited(ann.again("tools/call", "{'name':'ask'}", asked, answers)))
                .as("sent once more")
                .isTrue();
    }

    @Test
    void theItemsOfABatchCountEach() {
        for (var server : List.of(servers.start(TEN_CALLS), servers.sharing(TEN_CALLS))) {
            var ann = user(server, "ann");

            assertThat(isLimited(batch(ann, 6))).isFalse();
            assertThat(message(batch(ann, 6)))
                    .isEqualTo("Your quota of 10 calls a day has 3 left, and this request makes 7 calls. It resets at"
                            + " 2026-03-02T00:00:00Z.");
            assertThat(admitted(ann, 20)).isEqualTo(3);
        }
    }

    @Test
    void aBatchThatNoDayAdmitsIsAnErrorOfTheCaller() {
        var reply = batch(user(servers.start(TEN_CALLS), "ann"), 10);

        assertThat(reply.error().object("data").text("code")).isEqualTo("INVALID_PARAMS");
        assertThat(message(reply))
                .isEqualTo(
                        "This request makes 11 calls, which is more than your quota of 10 calls a day. Divide it into"
                                + " smaller ones.");
    }

    private static RecordedReply batch(ModernRequests caller, int items) {
        var operations = String.join(",", Collections.nCopies(items, "{'tool':'echo'}"));
        return caller.ask("tools/call", "{'name':'batch_operation','arguments':{'operations':[" + operations + "]}}");
    }

    @Test
    void onlyACallThatMustAskTheStoreLeavesItsThread() {
        var ann = user(servers.sharing(principal(QuotaLimits.NONE.withCalls(10_000))), "ann");
        admitted(ann, 3);

        assertThat(servers.limited.modes)
                .containsExactly(ExecutionMode.VIRTUAL, ExecutionMode.INLINE, ExecutionMode.INLINE);
    }

    @Test
    void aCallBeyondARateLimitUsesNoQuota() {
        var server = servers.limited.start(
                servers.builder(TEN_CALLS).rateLimits(LimitedServers.perTool(LimitedServers.TWO)));
        var ann = user(server, "ann");
        assertThat(admitted(ann, 20)).isEqualTo(2);
        servers.limited.executors.pass(Duration.ofSeconds(2));

        assertThat(admitted(ann, 2)).isEqualTo(2);
        assertThat(quotas(ann)).singleElement().asString().contains("5");
    }

    @Test
    void aRefusedCallTakesFromTheRateLimit() {
        var server = servers.limited.start(servers.builder(principal(QuotaLimits.NONE.withCalls(1)))
                .rateLimits(RateLimitSettings.OFF.withKeys(100).withPrincipalTool(LimitedServers.TWO)));
        var ann = user(server, "ann");
        admitted(ann, 2);

        assertThat(message(ann.call("echo"))).startsWith("Too many calls of tool echo");
    }
}
