package io.breakwater.core.presentation.protocol.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.BlockingStores;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.port.Json;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.TimedExecutors;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions whose clients listen without sending messages are renewed together, and only when they are due. */
class SessionSweepTest {
    private static final Duration DUE = BlockingStores.IDLE.dividedBy(3).plusMinutes(1);

    private final TimedExecutors executors = new TimedExecutors();
    private final BlockingStores stores = new BlockingStores(executors);
    private final Breakwater server = stores.server().build();

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedReply listen(LegacyRequests client) {
        var reply = client.listen();
        Eventually.holds(() -> reply.isStream());
        return reply;
    }

    private void awaitRenewals(int count) {
        Eventually.holds(() -> Collections.frequency(stores.sessionWatch.accesses(), "renew") == count);
    }

    @Test
    void allSessionsThatAreDueAreRenewedInOneAccess() {
        var clients =
                Stream.generate(() -> LegacyRequests.begun(server)).limit(20).toList();
        clients.forEach(this::listen);
        stores.sessionWatch.clearAccesses();

        executors.pass(DUE);
        awaitRenewals(1);

        assertThat(stores.sessionWatch.accesses()).containsExactly("renew");
        assertThat(stores.sessionWatch.violations()).isEmpty();
    }

    @Test
    void aSessionWithoutOpenStreamsIsNotRenewed() {
        LegacyRequests.begun(server).ask("ping", "{}").awaitEnd();
        stores.sessionWatch.clearAccesses();
        executors.pass(BlockingStores.IDLE.plusMinutes(1));

        assertThat(stores.sessionWatch.accesses()).isEmpty();
    }

    @Test
    void aListeningSessionOutlivesTheIdleTimeout() {
        var client = LegacyRequests.begun(server);
        listen(client);
        for (int i = 1; i <= 5; i++) {
            executors.pass(DUE);
            awaitRenewals(i);
        }

        assertThat(client.ask("ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
    }

    @Test
    void aSessionThatEndedInAnotherProcessIsClosed() {
        var ended = LegacyRequests.begun(server);
        var other = LegacyRequests.begun(server);
        var streams = List.of(listen(ended), listen(other));
        stores.sessions.sessions().end(ended.session(), ManualCallContext.unhurried());

        executors.pass(DUE);
        Eventually.holds(() -> streams.getFirst().ended());
        assertThat(streams.getLast().ended()).isFalse();
    }

    @Test
    void aRenewalThatFailsIsRepeatedInTime() {
        var client = LegacyRequests.begun(server);
        listen(client);
        stores.sessionWatch.fail(BlockingStores.outage());
        executors.pass(DUE);
        awaitRenewals(1);
        stores.sessionWatch.fail(null);
        executors.pass(DUE);
        awaitRenewals(2);
        executors.pass(DUE);
        awaitRenewals(3);

        assertThat(client.ask("ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
    }

    @Test
    void theIntervalFollowsTheIdleTimeout() {
        assertThat(SessionSweep.of(Duration.ofMinutes(30))).isEqualTo(new SessionSweep(Duration.ofSeconds(30), 20));
        assertThat(SessionSweep.of(Duration.ofSeconds(60))).isEqualTo(new SessionSweep(Duration.ofSeconds(20), 1));
        assertThat(SessionSweep.of(Duration.ofMillis(1))).isEqualTo(new SessionSweep(Duration.ofMillis(100), 1));
    }
}
