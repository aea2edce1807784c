package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an embedder's interceptors see and can do. */
class InterceptorTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** Writes down what it sees. */
    private final class Named implements Interceptor {
        private final String name;
        private final Function<InterceptedCall, Decision> verdict;

        Named(String name, Function<InterceptedCall, Decision> verdict) {
            this.name = name;
            this.verdict = verdict;
        }

        @Override
        public Decision before(InterceptedCall call) {
            seen.add(name + " before on " + call.executionMode());
            return verdict.apply(call);
        }

        @Override
        public Outcome after(InterceptedCall call, Outcome outcome) {
            seen.add(name + " after " + outcome.status());
            return outcome;
        }
    }

    private Interceptor proceeding(String name) {
        return new Named(name, call -> Decision.PROCEED);
    }

    private Breakwater server(Interceptor... interceptors) {
        var plan = Breakwater.named("t").limits(Limits.STANDARD.withConcurrency(1));
        for (var interceptor : interceptors) {
            plan.interceptor(interceptor);
        }
        return plan.tool(SampleTools.saying("virtual", call -> {
                    seen.add("work on " + call.executionMode());
                    return "done";
                }))
                .tool(SampleTools.draft("inline")
                        .executionMode(ExecutionMode.INLINE)
                        .handler((arguments, call) -> {
                            seen.add("work on " + call.executionMode());
                            return ToolResult.text("done");
                        }))
                .build();
    }

    private static RecordedReply call(Breakwater server, String tool) {
        return ModernRequests.http(server, "{}").call(tool).awaitEnd();
    }

    @Test
    void areAskedInTheirOrderAndToldInReverse() {
        try (var server = server(proceeding("one"), proceeding("two"))) {
            assertThat(call(server, "inline").result()).asString().contains("done");
        }
        assertThat(seen)
                .containsExactly(
                        "one before on INLINE",
                        "two before on INLINE",
                        "work on INLINE",
                        "two after ok",
                        "one after ok");
    }

    @Test
    void anAnswerComesInPlaceOfTheWork() {
        var answer = new Named(
                "two", call -> new Decision.Respond(new Outcome.Tool(ToolResult.text("from the guard"), null)));
        try (var server = server(proceeding("one"), answer, proceeding("three"))) {
            assertThat(call(server, "inline").result()).asString().contains("from the guard");
        }
        assertThat(seen).containsExactly("one before on INLINE", "two before on INLINE", "one after ok");
    }

    @Test
    void knowTheRuleThatAllowsTheCall() {
        var log = new Named("one", call -> {
            seen.add(call.method() + ": " + call.accessDecision().rule());
            return Decision.PROCEED;
        });
        try (var server = server(log)) {
            server.accessRules(AccessRules.of(AccessRule.allow("all tools").onTools("*")));
            call(server, "inline");
            ModernRequests.http(server, "{}").ask("tools/list", "{}").awaitEnd();
        }
        assertThat(seen).contains("tools/call: rule \"all tools\"", "tools/list: no target");
    }

    @Test
    void aRefusalIsAnErrorWithItsOwnStatus() {
        var refuse = new Named(
                "one", call -> Refusal.of(ErrorCode.RATE_LIMITED, "Not so fast").withRetryAfter(Duration.ofSeconds(7)));
        try (var server = server(refuse)) {
            var reply = call(server, "virtual");

            assertThat(reply.status()).isEqualTo(new ReplyStatus.TooMany(Duration.ofSeconds(7)));
            assertThat(reply.code()).isEqualTo(429);
            assertThat(reply.error().text("message")).isEqualTo("Not so fast");
            assertThat(reply.error().object("data").get("retryAfterMs")).isEqualTo(Json.of(7000));
        }
        assertThat(seen).containsExactly("one before on INLINE");
    }

    @Test
    @CoversOutage("interceptors: application code throwing in an interceptor")
    @SuppressWarnings("NullAway")
    void anInterceptorThatReturnsNullDeniesAndTheLogNamesIt() {
        try (var log = CapturedLog.of("io.breakwater.call");
                var server = server(new Named("one", call -> null))) {
            assertThat(call(server, "inline").result()).asString().contains("INTERNAL_ERROR");
            assertThat(log.events().getFirst().getThrowableProxy().getMessage())
                    .contains("Named returned null from before(...)");
        }
        assertThat(seen).doesNotContain("work on INLINE");
    }

    @Test
    void aRefusalCarriesItsChallenge() {
        var challenge = "Bearer error=\"insufficient_scope\", scope=\"files:write\"";
        for (var code : List.of(ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN)) {
            var refuse = new Named("one", call -> Refusal.of(code, "Not you").withChallenge(challenge));
            try (var server = server(refuse)) {
                assertThat(call(server, "virtual").status())
                        .isEqualTo(
                                code == ErrorCode.UNAUTHORIZED
                                        ? new ReplyStatus.Unauthenticated(challenge)
                                        : new ReplyStatus.Forbidden(challenge));
            }
        }
    }

    @Test
    void aCallerWithoutCredentialsIsAskedForABearerToken() {
        try (var server = server(new Named("one", call -> Refusal.of(ErrorCode.UNAUTHORIZED, "Not you")))) {
            assertThat(call(server, "virtual").status()).isEqualTo(new ReplyStatus.Unauthenticated("Bearer"));
        }
    }

    @Test
    void aRefusalThatContradictsItselfIsNotCreated() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Refusal.of(ErrorCode.RATE_LIMITED, "Not so fast").withChallenge("Bearer"))
                .withMessageContaining("RATE_LIMITED");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Refusal.of(ErrorCode.OVERLOADED, "Busy").withRetryAfter(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Refusal.of(ErrorCode.FORBIDDEN, "No").withChallenge("Bearer\r\nX: y"))
                .withMessageContaining("visible ASCII");
    }

    @Test
    void seesHeaderFieldsButCannotChangeThem() {
        var reading = new Named("one", call -> {
            seen.add(String.valueOf(call.headerFields().first("mcp-method")));
            return Decision.PROCEED;
        });
        try (var server = server(reading)) {
            call(server, "inline");
        }
        assertThat(seen).contains("tools/call");
    }

    @Test
    void seesHowLongACallTookAndWhenItsWorkStopped() {
        var begun = new WorkGate();
        var cleanUp = new WorkGate();
        var measuring = new Interceptor() {
            @Override
            public Outcome after(InterceptedCall call, Outcome outcome) {
                seen.add(call.elapsed().isPositive() ? "took some time" : "took no time");
                call.onStop(() -> seen.add("stopped"));
                return outcome;
            }
        };
        try (var server = Breakwater.named("t")
                .interceptor(measuring)
                .tool(SampleTools.saying("slow", call -> {
                    try {
                        begun.pass();
                    } catch (InterruptedException cancelled) {
                        cleanUp.pass();
                    }
                    seen.add("cleaned up");
                    return "done";
                }))
                .build()) {
            var reply = ModernRequests.http(server, "{}").call("slow");
            begun.awaitEntered();
            reply.disconnect();
            cleanUp.awaitEntered();
            assertThat(seen).containsExactly("took some time");
            cleanUp.open();
            Eventually.holds(() -> seen.contains("stopped"));
            assertThat(seen).containsExactly("took some time", "cleaned up", "stopped");
        }
    }

    @Test
    void aCallThatIsSentElsewhereGoesOnThereWithTheSameInterceptor() {
        var elsewhere = new Named(
                "two",
                call -> call.executionMode() == ExecutionMode.INLINE
                        ? new Decision.SwitchExecutor(ExecutionMode.VIRTUAL)
                        : Decision.PROCEED);
        try (var server = server(proceeding("one"), elsewhere, proceeding("three"))) {
            assertThat(call(server, "inline").result()).asString().contains("done");
        }
        assertThat(seen)
                .containsExactly(
                        "one before on INLINE",
                        "two before on INLINE",
                        "two before on VIRTUAL",
                        "three before on VIRTUAL",
                        "work on VIRTUAL",
                        "three after ok",
                        "two after ok",
                        "one after ok");
    }

    @ParameterizedTest
    @CoversOutage("interceptors: application code throwing in an interceptor")
    @ValueSource(strings = {"inline", "virtual"})
    void oneThatThrowsDeniesAndThoseBeforeItAreTold(String tool) {
        var broken = new Named("two", call -> {
            throw new IllegalStateException("the policy store is down");
        });
        try (var server = server(proceeding("one"), broken, proceeding("three"))) {
            for (int i = 0; i < 3; i++) { // and the only permit comes back each time
                var result = call(server, tool).result();
                assertThat(result).asString().contains("INTERNAL_ERROR").doesNotContain("policy");
            }
        }
        assertThat(seen.subList(0, 3))
                .containsExactly("one before on INLINE", "two before on INLINE", "one after internal_error");
        assertThat(seen).doesNotContain("work on INLINE", "work on VIRTUAL");
    }

    @Test
    void aDeferredDecisionNeedsNoThread() {
        var later = new CompletableFuture<Decision>();
        var deferring = new Named("two", call -> new Decision.Defer(later));
        try (var server = server(proceeding("one"), deferring, proceeding("three"))) {
            var reply = ModernRequests.http(server, "{}").call("inline");
            assertThat(seen).containsExactly("one before on INLINE", "two before on INLINE");

            later.complete(Decision.PROCEED);
            assertThat(reply.result()).asString().contains("done");
        }
        assertThat(seen)
                .containsSubsequence("three before on VIRTUAL", "work on VIRTUAL", "two after ok", "one after ok");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aDeferredDecisionMayRefuseOrFail() {
        var refusal = Refusal.of(ErrorCode.FORBIDDEN, "Not you");
        try (var server =
                server(new Named("one", call -> new Decision.Defer(CompletableFuture.completedFuture(refusal))))) {
            assertThat(call(server, "inline").code()).isEqualTo(403);
        }
        var failure = new IllegalStateException("the policy store is down");
        var again = new Decision.Defer(CompletableFuture.completedFuture(Decision.PROCEED));
        for (var stage : List.of(
                CompletableFuture.<Decision>failedFuture(failure),
                CompletableFuture.<Decision>completedFuture(again),
                CompletableFuture.<Decision>completedFuture(null))) {
            try (var server = server(new Named("one", call -> new Decision.Defer(stage)))) {
                assertThat(call(server, "inline").result())
                        .asString()
                        .contains("INTERNAL_ERROR")
                        .doesNotContain("policy");
            }
        }
        assertThat(seen).doesNotContain("work on VIRTUAL");
    }

    @Test
    void aDecisionThatComesAfterTheEndOfTheCallIsUndone() {
        var later = new CompletableFuture<Decision>();
        try (var server = server(proceeding("one"), new Named("two", call -> new Decision.Defer(later)))) {
            var reply = ModernRequests.http(server, "{}").call("inline");
            reply.disconnect();
            reply.awaitEnd();
            assertThat(seen).doesNotContain("two after cancelled");

            later.complete(Decision.PROCEED);
            assertThat(seen).contains("one after cancelled", "two after cancelled");
        }
        assertThat(seen).doesNotContain("work on VIRTUAL");
    }

    @Test
    void rejectsASwitchToTheCurrentExecutor() {
        try (var server = server(new Named("one", call -> new Decision.SwitchExecutor(ExecutionMode.VIRTUAL)))) {
            assertThat(call(server, "inline").result()).asString().contains("INTERNAL_ERROR");
        }
        assertThat(seen).doesNotContain("work on VIRTUAL");
    }

    @Test
    void oneThatThrowsAfterwardsSpoilsTheOutcome() {
        var broken = new Interceptor() {
            @Override
            public Outcome after(InterceptedCall call, Outcome outcome) {
                throw new IllegalStateException("the ledger is full");
            }
        };
        try (var server = server(proceeding("one"), broken)) {
            assertThat(call(server, "inline").result()).asString().contains("INTERNAL_ERROR");
        }
        assertThat(seen).last().isEqualTo("one after internal_error");
    }

    @Test
    void anOutcomeThatCannotBeWrittenIsAFaultAndNotSilence() {
        var unsayable = new Interceptor() {
            @Override
            public Outcome after(InterceptedCall call, Outcome outcome) {
                return call.tool() == null ? outcome : new Outcome.InputRequired(Json.Obj.EMPTY, "state");
            }
        };
        try (var server = server(unsayable)) { // the legacy wire has no such outcome
            var reply = LegacyRequests.begun(server).call("inline");
            assertThat(reply.result()).asString().contains("INTERNAL_ERROR");
        }
    }

    @Test
    void anOutcomeMayBeReplaced() {
        var replacing = new Interceptor() {
            @Override
            public Outcome after(InterceptedCall call, Outcome outcome) {
                return new Outcome.Failed(new McpException(McpException.INVALID_PARAMS, "On second thoughts, no"));
            }
        };
        try (var server = server(proceeding("one"), replacing)) {
            assertThat(call(server, "inline").code()).isEqualTo(McpException.INVALID_PARAMS);
        }
        assertThat(seen).last().isEqualTo("one after invalid_params");
    }

    @Test
    void everyMethodPassesListeningIncluded() {
        var denying = new Named("one", call -> Refusal.of(ErrorCode.FORBIDDEN, "Not you"));
        try (var server = server(denying)) {
            var client = ModernRequests.http(server, "{}");
            for (var method : List.of("server/discover", "tools/list", "completion/complete")) {
                assertThat(client.ask(method, "{}").code()).isEqualTo(403);
            }
            var listening = client.ask("subscriptions/listen", "{'notifications':{'toolsListChanged':true}}");
            assertThat(listening.status()).isEqualTo(new ReplyStatus.Forbidden(null));
            assertThat(listening.isStream()).isFalse();
        }
    }

    /** Lets one call into {@code before} on a lane, and the client goes while it is there. */
    @Test
    void oneThatLetACallPassWhoseClientHadGoneIsToldAndTheWorkIsNotBegun() {
        var gate = new WorkGate();
        var slow = new Named("two", call -> {
            if (call.executionMode() == ExecutionMode.INLINE) {
                return new Decision.SwitchExecutor(ExecutionMode.VIRTUAL);
            }
            try {
                gate.pass();
            } catch (InterruptedException e) {
                seen.add("interrupted");
            }
            return Decision.PROCEED;
        });
        try (var server = server(proceeding("one"), slow, proceeding("three"))) {
            var reply = ModernRequests.http(server, "{}").call("virtual");
            gate.awaitEntered();
            reply.disconnect();
            reply.awaitEnd();
        }
        assertThat(seen).contains("one after cancelled", "two after cancelled");
        assertThat(seen).doesNotContain("three before on VIRTUAL");
        assertThat(seen).filteredOn("work on VIRTUAL"::equals).isEmpty();
    }
}
