package io.breakwater.core.presentation.interceptor;

import static io.breakwater.core.presentation.interceptor.LimitedServers.HOME;
import static io.breakwater.core.presentation.interceptor.LimitedServers.TWO;
import static io.breakwater.core.presentation.interceptor.LimitedServers.admitted;
import static io.breakwater.core.presentation.interceptor.LimitedServers.isLimited;
import static io.breakwater.core.presentation.interceptor.LimitedServers.perSecond;
import static io.breakwater.core.presentation.interceptor.LimitedServers.perTool;
import static io.breakwater.core.presentation.interceptor.LimitedServers.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.data.ratelimit.MemoryRateLimits;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driving.RateLimitFields;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.RateLimitSettings;
import io.breakwater.server.settings.ToolRateLimits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers within and beyond the rate limits of a server. */
class RateLimitTest {
    private final LimitedServers servers = new LimitedServers();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void admitsTenCallsOfAToolAtOnceByDefaultAndAHundredInAMinute() {
        var caller = ModernRequests.from(servers.start(RateLimitSettings.STANDARD), HOME);

        assertThat(admitted(caller, 20)).isEqualTo(10);
        int more = 0;
        for (int second = 0; second < 60; second++) {
            servers.executors.pass(Duration.ofSeconds(1));
            more += admitted(caller, 5);
        }
        assertThat(more).isEqualTo(100);
    }

    @Test
    @CoversOutage("rate limits: process restarted, without Redis")
    void aRestartedServerBeginsWithUnusedLimits() {
        assertThat(admitted(ModernRequests.from(servers.start(RateLimitSettings.STANDARD), HOME), 20))
                .isEqualTo(10);

        assertThat(admitted(ModernRequests.from(servers.start(RateLimitSettings.STANDARD), HOME), 20))
                .isEqualTo(10);
    }

    @Test
    void tellsARefusedCallerWhenToComeBack() {
        var caller = ModernRequests.from(servers.start(RateLimitSettings.STANDARD), HOME);
        admitted(caller, 10);

        var reply = caller.call("echo");

        assertThat(reply.code()).isEqualTo(429);
        assertThat(reply.error().text("message"))
                .isEqualTo(
                        "Too many calls of tool echo: the limit is 100 in 60 s, 10 of them at once. Retry in 600 ms.");
        assertThat(reply.error().object("data").members())
                .containsEntry("code", Json.of("RATE_LIMITED"))
                .containsEntry("retryAfterMs", Json.of(600));
        var after = Duration.ofMillis(600);
        assertThat(reply.status())
                .isEqualTo(new ReplyStatus.TooMany(
                        after, new RateLimitFields("principal-tool", 100, Duration.ofMinutes(1), after)));
        servers.executors.pass(after);
        assertThat(admitted(caller, 2)).isEqualTo(1);
    }

    @Test
    void eachCallerAndEachToolHasALimitOfItsOwn() {
        var server = servers.start(perTool(TWO));
        var ann = ModernRequests.from(server, HOME, "user", "ann");

        assertThat(admitted(ann, 5)).isEqualTo(2);
        assertThat(admitted(ModernRequests.from(server, HOME, "user", "ben"), 5))
                .isEqualTo(2);
        assertThat(admitted(ModernRequests.from(server, HOME, "user", HOME), 5)).isEqualTo(2);
        assertThat(admitted(ModernRequests.from(server, HOME), 5)).isEqualTo(2);
        assertThat(isLimited(ann.call("other"))).isFalse();
        assertThat(admitted(ModernRequests.from(server, "198.51.100.7", "user", "ann"), 5))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "192.0.2.1, ::ffff:192.0.2.1, true"
    })
    void anonymousCallersInOneNetworkShareALimit(String one, String other, boolean shared) {
        var server = servers.start(perTool(TWO));
        admitted(ModernRequests.from(server, one), 2);

        assertThat(admitted(ModernRequests.from(server, other), 5)).isEqualTo(shared ? 0 : 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "stdio"})
    void localCallersAreNotLimitedUnlessTheSettingsSaySo(String address) {
        assertThat(admitted(ModernRequests.from(servers.start(perTool(TWO)), address), 50))
                .isEqualTo(50);
        assertThat(admitted(ModernRequests.from(servers.start(perTool(TWO).withLocalCallers(true)), address), 50))
                .isEqualTo(2);
    }

    @Test
    void aCredentialIsLimitedOnThisMachineToo() {
        assertThat(admitted(ModernRequests.from(servers.start(perTool(TWO)), "127.0.0.1", "user", "ann"), 50))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded"})
    void aProxyOnThisMachineForwardsCallersOfTheNetwork(String field) {
        assertThat(admitted(ModernRequests.from(servers.start(perTool(TWO)), "127.0.0.1", field, HOME), 50))
                .isEqualTo(2);
    }

    @Test
    void allMethodsCountForTheCaller() {
        var caller = ModernRequests.from(servers.start(unlimited().withPrincipal(TWO)), HOME);
        caller.call("echo").awaitEnd();
        caller.ask("tools/list", "{}").awaitEnd();

        var reply = caller.ask("server/discover", "{}");

        assertThat(reply.code()).isEqualTo(429);
        assertThat(reply.error().text("message")).startsWith("Too many calls: the limit is 60 in 60 s");
        assertThat(admitted(caller, 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
    void followingATaskTakesNoTokens(String method) {
        var caller = ModernRequests.from(servers.start(unlimited().withPrincipal(TWO)), HOME);
        admitted(caller, 2);

        assertThat(caller.ask(method, "{'taskId':'unknown','inputResponses':{}}")
                        .code())
                .isNotEqualTo(429);
    }

    @Test
    void aToolMayHaveALimitOfItsOwn() {
        var costly = SampleTools.draft("costly")
                .rateLimit(RateLimit.perMinute(1))
                .handler((arguments, call) -> ToolResult.text("done"));
        var caller =
                ModernRequests.from(servers.start(servers.builder(perTool(TWO)).tool(costly)), HOME);

        assertThat(isLimited(caller.call("costly"))).isFalse();
        assertThat(isLimited(caller.call("costly"))).isTrue();
        assertThat(admitted(caller, 5)).isEqualTo(2);
    }

    @Test
    void settingsReplaceTheLimitOfATool() {
        var server = servers.start(perTool(TWO).withTools(Map.of("echo", new ToolRateLimits(perSecond(5), null))));

        assertThat(admitted(ModernRequests.from(server, HOME), 20)).isEqualTo(5);
    }

    @Test
    void aToolMayHaveALimitForAllCallers() {
        var server = servers.start(unlimited().withTool(TWO));
        var anonymous = ModernRequests.from(server, HOME);

        assertThat(admitted(anonymous, 1)).isEqualTo(1);
        assertThat(admitted(ModernRequests.from(server, HOME, "user", "ann"), 5))
                .isEqualTo(1);
        assertThat(anonymous.call("echo").error().text("message"))
                .startsWith("Too many calls of tool echo by all callers");
        assertThat(isLimited(anonymous.call("other"))).isFalse();
    }

    @Test
    void allCallsMayHaveALimit() {
        var server = servers.start(unlimited().withGlobal(TWO));
        var anonymous = ModernRequests.from(server, HOME);

        assertThat(admitted(anonymous, 1)).isEqualTo(1);
        assertThat(isLimited(anonymous.call("other"))).isFalse();
        assertThat(admitted(ModernRequests.from(server, HOME, "user", "ann"), 5))
                .isZero();
    }

    @Test
    void aCallWithoutTheNecessaryScopesCounts() {
        var erase =
                SampleTools.draft("erase").requiresScope("erase").handler((arguments, call) -> ToolResult.text("done"));
        var caller = ModernRequests.from(
                servers.start(servers.builder(unlimited().withPrincipal(TWO)).tool(erase)), HOME, "user", "ann");

        assertThat(caller.call("erase").code()).isEqualTo(403);
        assertThat(caller.call("erase").code()).isEqualTo(403);

        assertThat(admitted(caller, 1)).isZero();
    }

    @Test
    void countsRefusedCallsByLevelAndTool() {
        var caller = ModernRequests.from(servers.start(perTool(TWO).withPrincipal(perSecond(3))), HOME);
        admitted(caller, 5);
        caller.call("other").awaitEnd();
        caller.ask("tools/list", "{}").awaitEnd();

        assertThat(limited("principal-tool", "echo")).isEqualTo(3);
        assertThat(limited("principal", "none")).isEqualTo(1);
    }

    private double limited(String level, String tool) {
        return servers.meters
                .get("mcp_rate_limited_total")
                .tags("level", level, "tool", tool)
                .functionCounter()
                .count();
    }

    @Test
    void decidesInlineUnlessItMustAskASharedStore() {
        var shared = new MemoryRateLimits(100, servers.executors);

        admitted(ModernRequests.from(servers.start(perTool(TWO)), HOME), 1);
        admitted(ModernRequests.from(servers.start(servers.builder(perTool(TWO)).sharedRateLimits(shared)), HOME), 1);

        assertThat(servers.modes).containsExactly(ExecutionMode.INLINE, ExecutionMode.VIRTUAL);
    }

    @Test
    void allMethodsWaitForASharedStore() {
        var shared = new MemoryRateLimits(100, servers.executors);
        var server = servers.start(
                servers.builder(unlimited().withPrincipal(perSecond(10))).sharedRateLimits(shared));

        var session = LegacyRequests.initialize(RawRequests.http(server, HOME), "2025-11-25", "{}");
        assertThat(session.awaitEnd().status())
                .isInstanceOfSatisfying(
                        ReplyStatus.Result.class,
                        result -> assertThat(result.session()).isNotBlank());
        var stream = ModernRequests.from(server, HOME)
                .ask("subscriptions/listen", "{'notifications':{'toolsListChanged':true}}");
        assertThat(stream.awaitMessages(1).getFirst().text("method")).startsWith("notifications/subscriptions");
        stream.disconnect();
    }

    @Test
    void aCallThatASharedStoreRefusedIsRefusedWithoutIt() {
        var requests = new AtomicInteger();
        RateLimits store = charges -> {
            requests.incrementAndGet();
            return new RateLimits.Decision.Refused(0, Duration.ofSeconds(1));
        };
        var caller =
                ModernRequests.from(servers.start(servers.builder(perTool(TWO)).sharedRateLimits(store)), HOME);

        assertThat(admitted(caller, 10)).isZero();
        servers.executors.pass(Duration.ofMillis(999));
        assertThat(admitted(caller, 10)).isZero();

        assertThat(requests).hasValue(1);
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new RateLimit(0, Duration.ofMinutes(1), 1))
                .hasMessage("calls must be at least 1, but is 0.");
        assertThatThrownBy(() -> new RateLimit(1, Duration.ofDays(2), 1))
                .hasMessage("period must be at most 1 days, but is PT48H.");
        assertThatThrownBy(() -> RateLimit.perSecond(2_000_000))
                .hasMessageContaining("at most one for each microsecond");
        assertThatThrownBy(() -> new RateLimit(1, Duration.ofDays(1), 400)).hasMessageContaining("more than a year");
        assertThatThrownBy(() -> RateLimit.perMinute(5).withBurst(0)).hasMessage("burst must be at least 1, but is 0.");
        var key = new RateLimits.BucketKey(RateLimits.Scope.GLOBAL, "", "");
        assertThatThrownBy(() -> new Charge(key, TWO, 53)).hasMessage("cost must be at most 52, but is 53.");
    }

    @ParameterizedTest
    @CsvSource({"100, 10", "1000, 100", "5, 5", "1, 1", "50, 10"})
    void theBurstIsATenthOfTheCallsUnlessSet(int calls, int burst) {
        assertThat(RateLimit.perMinute(calls).burst()).isEqualTo(burst);
    }
}
