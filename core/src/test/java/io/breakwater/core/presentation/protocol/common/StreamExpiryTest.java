package io.breakwater.core.presentation.protocol.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamExpiryTest {
    private final ManualExecutors executors = new ManualExecutors();
    private final StreamExpiry expiry = new StreamExpiry(executors);
    private final List<String> ended = new ArrayList<>();

    private Instant in(int seconds) {
        return executors.clock().instant().plusSeconds(seconds);
    }

    private void pass(int seconds) {
        executors.pass(Duration.ofSeconds(seconds));
    }

    @Test
    void endsEachStreamAtItsTime() {
        expiry.register(in(300), () -> ended.add("last"));
        expiry.register(in(10), () -> ended.add("first"));
        expiry.register(in(10), () -> ended.add("second"));
        expiry.register(null, () -> ended.add("never"));
        pass(9);
        assertThat(ended).isEmpty();
        pass(1);
        assertThat(ended).containsExactly("first", "second");
        pass(289);
        assertThat(ended).hasSize(2);
        pass(1);
        assertThat(ended).containsExactly("first", "second", "last");
        assertThat(expiry.size()).isZero();
    }

    @Test
    void aCredentialThatHasExpiredEndsItsStreamAtOnce() {
        expiry.register(in(-5), () -> ended.add("late"));
        pass(0);

        assertThat(ended).containsExactly("late");
    }

    @Test
    void nothingIsKeptOfStreamsThatEndBefore() {
        for (int i = 0; i < 10_000; i++) {
            expiry.register(in(60 + i), () -> ended.add("expired")).run();
        }

        assertThat(expiry.size()).isZero();
        pass(20_000);
        assertThat(ended).isEmpty();
    }

    @Test
    void theStreamOfAReplyEndsAsIfTheClientHadDisconnected() {
        var recorded = new RecordedReply();
        var disconnects = new AtomicInteger();
        var reply = ExpiringReply.of(recorded, in(10), expiry);
        reply.open(ReplyStatus.RESULT);
        reply.onDisconnect(disconnects::incrementAndGet);
        pass(10);

        assertThat(recorded.ended()).isTrue();
        assertThat(disconnects).hasValue(1);
    }

    @Test
    void aReplyThatEndsBeforeLeavesNothing() {
        var ending = ExpiringReply.of(new RecordedReply(), in(10), expiry);
        ending.open(ReplyStatus.RESULT);
        ending.end();
        var recorded = new RecordedReply();
        var disconnecting = ExpiringReply.of(recorded, in(10), expiry);
        disconnecting.open(ReplyStatus.RESULT);
        disconnecting.onDisconnect(() -> ended.add("disconnected"));
        recorded.disconnect();

        assertThat(expiry.size()).isZero();
        pass(10);
        assertThat(ended).containsExactly("disconnected");
    }

    @Test
    void aReplyThatExpiredBeforeItsActionIsSetRunsTheAction() {
        var reply = ExpiringReply.of(new RecordedReply(), in(0), expiry);
        reply.open(ReplyStatus.RESULT);
        pass(0);
        reply.onDisconnect(() -> ended.add("disconnected"));

        assertThat(ended).containsExactly("disconnected");
    }

    @Test
    void aReplyWithoutExpiryIsUnchanged() {
        var reply = new RecordedReply();

        assertThat(ExpiringReply.of(reply, null, expiry)).isSameAs(reply);
    }
}
