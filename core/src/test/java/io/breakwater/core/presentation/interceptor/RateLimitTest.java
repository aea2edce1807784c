package io.breakwater.core.presentation.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.data.ratelimit.MemoryRateLimits;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.RateLimitFields;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.RateLimitSettings;
import io.breakwater.server.settings.ToolRateLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers within and beyond the rate limits of a server. */
class RateLimitTest {
    private static final String HOME = "192.0.2.1";
    private static final RateLimit TWO = perSecond(2);
    private static final String YES = "{'sure':{'action':'accept','content':{'sure':true}}}";

    private final TimedExecutors executors = new TimedExecutors();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Breakwater> servers = new ArrayList<>();
    private final List<ExecutionMode> modes = new CopyOnWriteArrayList<>();

    record Confirmation(boolean sure) {}

    record Batch(int echoes, int others) {}

    /** One call in a second, and several at once. */
    private static RateLimit perSecond(int burst) {
        return new RateLimit(60, Duration.ofMinutes(1), burst);
    }

    private BreakwaterBuilder builder(RateLimitSettings settings) {
        return Breakwater.named("t")
                .executors(executors)
                .meterRegistry(meters)
                .rateLimits(settings)
                .authenticator(Authenticator.of((fields, peer) -> new Authenticated(principal(fields.first("user")))))
                .tool(SampleTools.draft("echo")
                        .executionMode(ExecutionMode.INLINE)
                        .handler((arguments, call) -> {
                            modes.add(call.executionMode());
                            return ToolResult.text("done");
                        }))
                .tool(SampleTools.saying("other", call -> "done"));
    }

    private static Principal principal(@Nullable String user) {
        return user == null ? Principal.ANONYMOUS : Principal.of(user);
    }

    private Breakwater server(BreakwaterBuilder builder) {
        var server = builder.build();
        servers.add(server);
        return server;
    }

    private Breakwater server(RateLimitSettings settings) {
        return server(builder(settings));
    }

    private static RateLimitSettings unlimited() {
        return RateLimitSettings.OFF.withKeys(1_000);
    }

    private static RateLimitSettings perTool(RateLimit limit) {
        return unlimited().withPrincipalTool(limit);
    }

    @AfterEach
    void close() {
        servers.forEach(Breakwater::close);
        executors.close();
    }

    private static boolean isLimited(RecordedReply reply) {
        return reply.awaitEnd().status() instanceof ReplyStatus.TooMany;
    }

    private static int admitted(ModernRequests caller, int calls) {
        return (int) IntStream.range(0, calls)
                .filter(i -> !isLimited(caller.call("echo")))
                .count();
    }

    @Test
    void admitsTenCallsOfAToolAtOnceByDefaultAndAHundredInAMinute() {
        var caller = ModernRequests.from(server(RateLimitSettings.STANDARD), HOME);

        assertThat(admitted(caller, 20)).isEqualTo(10);
        int more = 0;
        for (int second = 0; second < 60; second++) {
            executors.pass(Duration.ofSeconds(1));
            more += admitted(caller, 5);
        }
        assertThat(more).isEqualTo(100);
    }

    @Test
    void tellsARefusedCallerWhenToComeBack() {
        var caller = ModernRequests.from(server(RateLimitSettings.STANDARD), HOME);
        admitted(caller, 10);

        var reply = caller.call("echo");

        assertThat(reply.code()).isEqualTo(429);
        assertThat(reply.error().text("message"))
                .isEqualTo("Too many calls of tool echo: the limit is 100 in 60 s, 10 of them at once. Retry in 600 ms.");
        assertThat(reply.error().object("data").members())
                .containsEntry("code", Json.of("RATE_LIMITED"))
                .containsEntry("retryAfterMs", Json.of(600));
        var after = Duration.ofMillis(600);
        assertThat(reply.status())
                .isEqualTo(new ReplyStatus.TooMany(
                        after, new RateLimitFields("principal-tool", 100, Duration.ofMinutes(1), after)));
        executors.pass(after);
        assertThat(admitted(caller, 2)).isEqualTo(1);
    }

    @Test
    void eachCallerAndEachToolHasALimitOfItsOwn() {
        var server = server(perTool(TWO));
        var ann = ModernRequests.from(server, HOME, "user", "ann");

        assertThat(admitted(ann, 5)).isEqualTo(2);
        assertThat(admitted(ModernRequests.from(server, HOME, "user", "ben"), 5)).isEqualTo(2);
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
        var server = server(perTool(TWO));
        admitted(ModernRequests.from(server, one), 2);

        assertThat(admitted(ModernRequests.from(server, other), 5)).isEqualTo(shared ? 0 : 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "stdio"})
    void localCallersAreNotLimitedUnlessTheSettingsSaySo(String address) {
        assertThat(admitted(ModernRequests.from(server(perTool(TWO)), address), 50))
                .isEqualTo(50);
        assertThat(admitted(ModernRequests.from(server(perTool(TWO).withLocalCallers(true)), address), 50))
                .isEqualTo(2);
    }

    @Test
    void aCredentialIsLimitedOnThisMachineToo() {
        assertThat(admitted(ModernRequests.from(server(perTool(TWO)), "127.0.0.1", "user", "ann"), 50))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded"})
    void aProxyOnThisMachineForwardsCallersOfTheNetwork(String field) {
        assertThat(admitted(ModernRequests.from(server(perTool(TWO)), "127.0.0.1", field, HOME), 50))
                .isEqualTo(2);
    }

    @Test
    void allMethodsCountForTheCaller() {
        var caller = ModernRequests.from(server(unlimited().withPrincipal(TWO)), HOME);
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
        var caller = ModernRequests.from(server(unlimited().withPrincipal(TWO)), HOME);
        admitted(caller, 2);

        assertThat(caller.ask(method, "{'taskId':'unknown','inputResponses':{}}").code())
                .isNotEqualTo(429);
    }

    @Test
    void aToolMayHaveALimitOfItsOwn() {
        var costly = SampleTools.draft("costly")
                .rateLimit(RateLimit.perMinute(1))
                .handler((arguments, call) -> ToolResult.text("done"));
        var caller = ModernRequests.from(server(builder(perTool(TWO)).tool(costly)), HOME);

        assertThat(isLimited(caller.call("costly"))).isFalse();
        assertThat(isLimited(caller.call("costly"))).isTrue();
        assertThat(admitted(caller, 5)).isEqualTo(2);
    }

    @Test
    void settingsReplaceTheLimitOfATool() {
        var server = server(perTool(TWO).withTools(Map.of("echo", new ToolRateLimits(perSecond(5), null))));

        assertThat(admitted(ModernRequests.from(server, HOME), 20)).isEqualTo(5);
    }

    @Test
    void aToolMayHaveALimitForAllCallers() {
        var server = server(unlimited().withTool(TWO));
        var anonymous = ModernRequests.from(server, HOME);

        assertThat(admitted(anonymous, 1)).isEqualTo(1);
        assertThat(admitted(ModernRequests.from(server, HOME, "user", "ann"), 5)).isEqualTo(1);
        assertThat(anonymous.call("echo").error().text("message"))
                .startsWith("Too many calls of tool echo by all callers");
        assertThat(isLimited(anonymous.call("other"))).isFalse();
    }

    @Test
    void allCallsMayHaveALimit() {
        var server = server(unlimited().withGlobal(TWO));
        var anonymous = ModernRequests.from(server, HOME);

        assertThat(admitted(anonymous, 1)).isEqualTo(1);
        assertThat(isLimited(anonymous.call("other"))).isFalse();
        assertThat(admitted(ModernRequests.from(server, HOME, "user", "ann"), 5)).isZero();
    }

    @Test
    void aBatchTakesTheTokensOfAllItsItems() {
        var ten = perSecond(10);
        var caller = ModernRequests.from(server(withBatch(perTool(ten).withPrincipal(ten))), HOME);

        assertThat(isLimited(batch(caller, 12, 3))).isFalse(); // 16 calls with the batch itself

        assertThat(caller.call("echo").error().object("data").get("retryAfterMs"))
                .isEqualTo(Json.of(7_000));
        executors.pass(Duration.ofMillis(6_999));
        assertThat(isLimited(caller.call("other"))).isTrue();
        executors.pass(Duration.ofMillis(1));
        assertThat(isLimited(caller.call("other"))).isFalse();
    }

    @Test
    void aBatchThatIsRefusedTakesNothing() {
        var caller = ModernRequests.from(server(withBatch(perTool(TWO))), HOME);
        admitted(caller, 2);

        assertThat(isLimited(batch(caller, 1, 30))).isTrue();

        assertThat(isLimited(caller.call("other"))).isFalse();
        assertThat(isLimited(caller.call("other"))).isFalse();
    }

    @Test
    void aBatchThatIsNeverAdmittedIsAnErrorOfTheCaller() {
        var caller = ModernRequests.from(server(withBatch(perTool(TWO))), HOME);

        assertThat(isLimited(batch(caller, 52, 0))).isFalse();
        assertThat(batch(caller, 53, 0).error().text("message"))
                .isEqualTo("This call makes 53 calls, and the rate limits admit at most 52 at once. Divide it into smaller"
                        + " ones.");
    }

    private BreakwaterBuilder withBatch(RateLimitSettings settings) {
        return builder(settings)
                .tool(SampleTools.draft("batch")
                        .input(Batch.class)
                        .callsTools(RateLimitTest::calls)
                        .handler((batch, call) -> ToolResult.text("done")));
    }

    private static List<ToolCall> calls(Batch batch) {
        var calls = new ArrayList<ToolCall>();
        calls.addAll(Collections.nCopies(batch.echoes(), new ToolCall("echo", Json.Obj.EMPTY)));
        calls.addAll(Collections.nCopies(batch.others(), new ToolCall("other", Json.Obj.EMPTY)));
        return calls;
    }

    private static RecordedReply batch(ModernRequests caller, int echoes, int others) {
        var params = "{'name':'batch','arguments':{'echoes':" + echoes + ",'others':" + others + "}}";
        return caller.ask("tools/call", params);
    }

    @Test
    void aRoundOfACallIsNotAnotherCallUnlessItIsSentAgain() {
        var caller = ModernRequests.from(server(withQuestion(perTool(TWO))), HOME);
        var asked = caller.call("ask").result();
        caller.call("ask").awaitEnd();

        assertThat(isLimited(answer(caller, asked, YES))).isFalse();

        assertThat(isLimited(answer(caller, asked, YES))).isTrue();
    }

    @Test
    void responsesWithoutAStateAreANewCall() {
        var caller = ModernRequests.from(server(withQuestion(perTool(TWO))), HOME);
        caller.call("ask").awaitEnd();
        caller.call("ask").awaitEnd();

        assertThat(isLimited(caller.ask("tools/call", "{'name':'ask','inputResponses':" + YES + "}")))
                .isTrue();
    }

    @Test
    void aClientThatNeverRespondsContinuesItsCallTenTimes() {
        var caller = ModernRequests.from(server(withQuestion(perTool(TWO))), HOME);
        caller.call("ask").awaitEnd();
        var reply = answer(caller, caller.call("ask").result(), "{}");

        int rounds = 0;
        while (!isLimited(reply)) {
            rounds++;
            reply = answer(caller, reply.result(), "{}");
        }

        assertThat(rounds).isEqualTo(10);
    }

    private static RecordedReply answer(ModernRequests caller, Json.Obj asked, String responses) {
        return caller.again("tools/call", "{'name':'ask'}", asked, responses);
    }

    private BreakwaterBuilder withQuestion(RateLimitSettings settings) {
        return builder(settings)
                .tool(SampleTools.saying("ask", call -> "sure: "
                        + call.elicit("sure", "Really?", Confirmation.class).sure()));
    }

    @Test
    void countsRefusedCallsByLevelAndTool() {
        var caller = ModernRequests.from(server(perTool(TWO).withPrincipal(perSecond(3))), HOME);
        admitted(caller, 5);
        caller.call("other").awaitEnd();
        caller.ask("tools/list", "{}").awaitEnd();

        assertThat(limited("principal-tool", "echo")).isEqualTo(3);
        assertThat(limited("principal", "none")).isEqualTo(1);
    }

    private double limited(String level, String tool) {
        return meters.get("mcp_rate_limited_total")
                .tags("level", level, "tool", tool)
                .functionCounter()
                .count();
    }

    @Test
    void decidesInlineUnlessItMustAskASharedStore() {
        var shared = new MemoryRateLimits(100, executors);

        admitted(ModernRequests.from(server(perTool(TWO)), HOME), 1);
        admitted(ModernRequests.from(server(builder(perTool(TWO)).sharedRateLimits(shared)), HOME), 1);

        assertThat(modes).containsExactly(ExecutionMode.INLINE, ExecutionMode.VIRTUAL);
    }

    @Test
    void aCallThatASharedStoreRefusedIsRefusedWithoutIt() {
        var requests = new AtomicInteger();
        RateLimits store = charges -> {
            requests.incrementAndGet();
            return new RateLimits.Decision.Refused(0, Duration.ofSeconds(1));
        };
        var caller = ModernRequests.from(server(builder(perTool(TWO)).sharedRateLimits(store)), HOME);

        assertThat(admitted(caller, 10)).isZero();
        executors.pass(Duration.ofMillis(999));
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
