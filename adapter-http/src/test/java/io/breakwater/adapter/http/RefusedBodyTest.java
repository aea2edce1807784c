package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What a refused body has given back to the memory budget is free in the heap too. */
class RefusedBodyTest {
    private static final int MIB = 1 << 20;
    private static final int BODIES = 10;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String HEAD = "POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";

    private final MemoryBudget memory = new MemoryBudget(512L * MIB, 1);

    @Test
    void isNotKeptWhileItsClientStaysConnected() {
        var limits = HttpSettings.Limits.defaults().withBodyBytes(16 * MIB).withTimes(LONG, LONG, LONG);
        var settings = HttpSettings.defaults().withLimits(limits);
        var clients = new ArrayList<RawClient>();
        try (var server = RunningServer.within(
                memory, settings, (inbound, reply) -> reply.answer(ReplyStatus.RESULT, new byte[] {'1'}))) {
            long before = liveBytes();
            for (int i = 0; i < BODIES; i++) {
                clients.add(server.connect()
                        .send(HEAD + "Content-Length: " + 15 * MIB + "\n\n")
                        .send(" ".repeat(3 * MIB)));
            }
            Eventually.holds(() -> memory.used() >= BODIES * 3L * MIB);
            memory.account("another caller").lease().grow(memory.limit());
            for (var client : clients) {
                client.send(" ".repeat(8 * MIB));
                assertThat(client.answer().status()).isEqualTo(503);
            }

            Eventually.holds(() -> memory.used() == memory.limit());
            Eventually.holds(() -> liveBytes() - before < BODIES * MIB);
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    private static long liveBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
