package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Reply;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.ManualExecutors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LargeMessageDispatcherTest {
    private static final String LARGE = " ".repeat(LargeMessageDispatcher.THRESHOLD);
    private static final String PING = QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}");

    private final ManualExecutors executors = new ManualExecutors();
    private final MemoryLease lease =
            new MemoryBudget(1_000, 1).account("192.0.2.1").lease();
    private final List<IncomingMessage> read = new ArrayList<>();

    /** Does that with messages, and nothing with anything else. */
    private record Reader(Consumer<IncomingMessage> reading) implements McpEndpoint {
        @Override
        public void message(IncomingMessage inbound, Reply reply) {
            reading.accept(inbound);
        }

        @Override
        public void listen(IncomingMessage inbound, Reply reply) {}

        @Override
        public void end(IncomingMessage inbound, Reply reply) {}

        @Override
        public void closed(Channel.Connection connection) {}
    }

    private IncomingMessage large() {
        return new IncomingMessage(
                LARGE.getBytes(StandardCharsets.UTF_8),
                HeaderFields.NONE,
                Authenticated.ANONYMOUS,
                new RemotePeer("192.0.2.1"),
                Channel.EXCHANGE,
                lease);
    }

    @Test
    void largeMessagesLeaveTheThreadTheyCameOn() {
        try (var server = Breakwater.named("t").executors(executors).build()) {
            var recorded = RawRequests.http(server).post(LARGE + PING);
            assertThat(recorded.ended()).isFalse();

            executors.runAll();

            assertThat(recorded.ended()).isTrue();
        }
    }

    @Test
    void smallOnesAndThoseOfALastingConnectionDoNot() {
        try (var server = Breakwater.named("t").executors(executors).build()) {
            assertThat(RawRequests.http(server).post(PING).ended()).isTrue();
            assertThat(RawRequests.line(server).post(LARGE + PING).ended()).isTrue();
        }
    }

    @Test
    void theirMemoryIsCountedUntilTheyAreRead() {
        lease.grow(100);
        new LargeMessageDispatcher(new Reader(read::add), executors.cpuPool()).message(large(), new RecordedReply());

        lease.release(); // the client is gone, and with it what the transport holds
        assertThat(lease.held()).isEqualTo(100);
        executors.runAll();

        assertThat(read).hasSize(1);
        assertThat(lease.held()).isZero();
    }

    @Test
    @CoversOutage("large messages: threads without a place in the CPU pool")
    void whenAllThreadsAreTakenTheyAreReadAtOnce() {
        var full = new LargeMessageDispatcher(new Reader(read::add), task -> {
            throw new RejectedExecutionException("full");
        });

        full.message(large(), new RecordedReply());

        assertThat(read).hasSize(1);
    }

    @Test
    void aFaultIsAnswered() {
        var recorded = new RecordedReply();
        var faulty = new LargeMessageDispatcher(
                new Reader(inbound -> {
                    throw new IllegalStateException("planted");
                }),
                executors.cpuPool());

        faulty.message(large(), recorded);
        executors.runAll();

        assertThat(recorded.code()).isEqualTo(-32603);
    }
}
