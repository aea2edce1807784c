package io.breakwater.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.contract.SampleKeys;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallContextTest {
    private static final Duration TIME = Duration.ofSeconds(5);

    @Test
    void detachedWorkGoesOnWhenItsCallHasEnded() {
        var call = ManualCallContext.within(Duration.ZERO);
        var cancelled = new boolean[1];

        var detached = call.detached(TIME);
        detached.onCancel(() -> cancelled[0] = true);
        call.cancel();

        assertThat(detached.cancelled()).isFalse();
        assertThat(cancelled[0]).isFalse();
        assertThat(detached.remaining()).isEqualTo(TIME);
        assertThat(detached.requestId()).isEqualTo(call.requestId());
        assertThat(detached.traceParent()).isEqualTo(call.traceParent());
    }

    @Test
    void detachedWorkIsNotTheWriteOfItsCall() {
        var call = ManualCallContext.writing(SampleKeys.key("first", "{}"));

        assertThat(call.detached(TIME).idempotentWrite()).isNull();
    }

    @Test
    void backgroundWorkEndsWithItsTime() {
        var now = new AtomicLong();
        var context = CallContext.background("work", TIME, now::get);

        assertThat(context.requestId()).isEqualTo("work");
        assertThat(context.remaining()).isEqualTo(TIME);
        assertThat(context.cancelled()).isFalse();

        now.addAndGet(TIME.toNanos());

        assertThat(context.remaining()).isZero();
        assertThat(context.cancelled()).isTrue();
    }
}
