package io.breakwater.core.presentation.protocol.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class CredentialWatchTest {
    private final ManualExecutors executors = new ManualExecutors();
    private final CredentialWatch credentials = new CredentialWatch(executors);
    private final List<String> ended = new ArrayList<>();

    private Authenticated in(int seconds) {
        return new Authenticated(
                Principal.of("ann"), executors.clock().instant().plusSeconds(seconds));
    }

    private void pass(int seconds) {
        executors.pass(Duration.ofSeconds(seconds));
    }

    @Test
    void endsEachStreamAtItsTime() {
        credentials.watch(in(300), () -> ended.add("last"));
        credentials.watch(in(10), () -> ended.add("first"));
        credentials.watch(in(10), () -> ended.add("second"));
        credentials.watch(Authenticated.ANONYMOUS, () -> ended.add("never"));
        pass(9);
        assertThat(ended).isEmpty();
        pass(1);
        assertThat(ended).containsExactlyInAnyOrder("first", "second");
        pass(289);
        assertThat(ended).hasSize(2);
        pass(1);
        assertThat(ended).hasSize(3).endsWith("last");
        assertThat(credentials.size()).isZero();
    }

    @Test
    void aCredentialThatHasExpiredEndsItsStreamWithinASecond() {
        credentials.watch(in(-5), () -> ended.add("late"));
        pass(1);

        assertThat(ended).containsExactly("late");
    }

    @Test
    void endsTheStreamOfARevokedCredentialWithinASecond() {
        var revoked = new AtomicBoolean();
        credentials.watch(revocable(revoked::get), () -> ended.add("revoked"));
        pass(3600);
        assertThat(ended).isEmpty();
        revoked.set(true);
        pass(1);

        assertThat(ended).containsExactly("revoked");
        assertThat(credentials.size()).isZero();
    }

    @Test
    @CoversOutage("event streams: store down for longer than a minute")
    void aListOfRevocationsThatIsNotAvailableEndsTheStream() {
        BooleanSupplier unavailable = () -> {
            throw new IllegalStateException("planted");
        };
        credentials.watch(revocable(unavailable), () -> ended.add("in doubt"));
        pass(1);

        assertThat(ended).containsExactly("in doubt");
    }

    private static Authenticated revocable(BooleanSupplier revoked) {
        return new Authenticated(Principal.of("ann"), null, revoked);
    }

    @Test
    void nothingIsKeptOfStreamsThatEndBefore() {
        for (int i = 0; i < 10_000; i++) {
            credentials.watch(in(60 + i), () -> ended.add("expired")).run();
        }

        assertThat(credentials.size()).isZero();
        pass(20_000);
        assertThat(ended).isEmpty();
    }

    @Test
    void theStreamOfAReplyEndsAsIfTheClientHadDisconnected() {
        var recorded = new RecordedReply();
        var disconnects = new AtomicInteger();
        var reply = WatchedReply.of(recorded, in(10), credentials);
        reply.open(ReplyStatus.RESULT);
        reply.onDisconnect(disconnects::incrementAndGet);
        pass(10);

        assertThat(recorded.ended()).isTrue();
        assertThat(disconnects).hasValue(1);
    }

    @Test
    void aReplyThatEndsBeforeLeavesNothing() {
        var ending = WatchedReply.of(new RecordedReply(), in(10), credentials);
        ending.open(ReplyStatus.RESULT);
        ending.end();
        var recorded = new RecordedReply();
        var disconnecting = WatchedReply.of(recorded, in(10), credentials);
        disconnecting.open(ReplyStatus.RESULT);
        disconnecting.onDisconnect(() -> ended.add("disconnected"));
        recorded.disconnect();

        assertThat(credentials.size()).isZero();
        pass(10);
        assertThat(ended).containsExactly("disconnected");
    }

    @Test
    void aReplyThatExpiredBeforeItsActionIsSetRunsTheAction() {
        var reply = WatchedReply.of(new RecordedReply(), in(0), credentials);
        reply.open(ReplyStatus.RESULT);
        pass(1);
        reply.onDisconnect(() -> ended.add("disconnected"));

        assertThat(ended).containsExactly("disconnected");
    }

    @Test
    void aReplyToAPermanentCredentialIsUnchanged() {
        var reply = new RecordedReply();

        assertThat(WatchedReply.of(reply, Authenticated.ANONYMOUS, credentials)).isSameAs(reply);
    }
}
