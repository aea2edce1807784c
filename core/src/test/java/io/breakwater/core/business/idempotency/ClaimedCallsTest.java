package io.breakwater.core.business.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.core.business.idempotency.ClaimedCalls.Start;
import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.PortException.IdempotencyException.Problem;
import io.breakwater.port.contract.SampleKeys;
import io.breakwater.port.memory.ForwardingIdempotencyStore;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.SimulatedLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimedCallsTest {
    private static final Duration INPUT_TIMEOUT = Duration.ofMinutes(10);
    private static final Json.Raw RESULT = new Json.Raw("{}".getBytes(StandardCharsets.UTF_8));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedLink line = new SimulatedLink();
    private final MemoryIdempotencyStore store = new MemoryIdempotencyStore(line, now::get);
    private final ClaimedCalls calls = new ClaimedCalls(store, INPUT_TIMEOUT);
    private final IdempotencyKey key = SampleKeys.key("first", "{}");

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private Start start(@Nullable String held) {
        return calls.start(key, held, ManualCallContext.unhurried());
    }

    private ClaimedCall first(@Nullable String held) {
        if (start(held) instanceof Start.First(var call)) {
            return call;
        }
        throw new AssertionError("The call is not the first one.");
    }

    private void assertRepeatedCallFails(Problem problem) {
        assertThatExceptionOfType(IdempotencyException.class)
                .isThrownBy(() -> start(null))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void theOutcomeOfACallThatRenewsNothingIsUnknown() {
        first(null);
        pass(ClaimedCalls.RENEWAL_INTERVAL);
        assertRepeatedCallFails(Problem.IN_PROGRESS);

        pass(Duration.ofMinutes(2));
        assertRepeatedCallFails(Problem.UNKNOWN_OUTCOME);
    }

    @Test
    void renewsTheClaimsOfAllCallsThatRun() {
        first(null);
        for (int i = 0; i < 100; i++) {
            pass(ClaimedCalls.RENEWAL_INTERVAL);
            calls.renewAll();
        }

        assertRepeatedCallFails(Problem.IN_PROGRESS);
        assertThat(calls.isIdle()).isFalse();
    }

    @Test
    void aCallThatHasEndedIsNotRenewed() {
        var call = first(null);
        call.abandon();
        assertThat(calls.isIdle()).isTrue();

        calls.renewAll();
        call.renew(Duration.ofMinutes(2)); // of a round that began before

        assertRepeatedCallFails(Problem.UNKNOWN_OUTCOME);
    }

    @Test
    void aCallThatHoldsItsClaimIsInProgressWhileItsClientMayRespond() {
        var call = first(null);
        call.hold();

        pass(INPUT_TIMEOUT);

        assertRepeatedCallFails(Problem.IN_PROGRESS);
        assertThat(calls.isIdle()).isTrue();
        first(call.id()).complete(RESULT);
        assertThat(start(null)).isEqualTo(new Start.Repeated(RESULT));
    }

    @Test
    void theOutcomeOfACallWhoseClientNeverRespondsIsUnknown() {
        first(null).hold();

        pass(INPUT_TIMEOUT.plusMinutes(5));

        assertRepeatedCallFails(Problem.UNKNOWN_OUTCOME);
    }

    @Test
    void aRoundThatIsSentTwiceResumesTheCallOnce() {
        var call = first(null);
        call.hold();
        first(call.id());

        assertThatExceptionOfType(IdempotencyException.class)
                .isThrownBy(() -> start(call.id()))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.IN_PROGRESS));
    }

    @Test
    void recordsTheOutcomeOfACallWhoseThreadIsInterrupted() {
        var interruptible = new ClaimedCalls(
                new ForwardingIdempotencyStore(store) {
                    @Override
                    public void complete(
                            IdempotencyKey key, Claim.Granted claim, Optional<Json.Raw> result, CallContext scope) {
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                        super.complete(key, claim, result, scope);
                    }
                },
                INPUT_TIMEOUT);
        var start = interruptible.start(key, null, ManualCallContext.unhurried());
        Thread.currentThread().interrupt();

        ((Start.First) start).call().complete(RESULT);

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(interruptible.start(key, null, ManualCallContext.unhurried()))
                .isInstanceOf(Start.Repeated.class);
    }
}
