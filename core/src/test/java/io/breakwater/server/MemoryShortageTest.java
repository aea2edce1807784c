package io.breakwater.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.breakwater.core.data.health.HeapMemoryBudget;
import io.breakwater.core.testkit.HostedTransport;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.HttpResource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A transport that refuses messages for want of memory is seen in the health of the server and in its log. */
class MemoryShortageTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(HeapMemoryBudget.class);
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void isToldByHealthAndByOneWarningThatSaysWhatToDo() {
        var transport = new HostedTransport();
        try (var server = Breakwater.named("t").build().serve(transport)) {
            refuse(transport, 12);

            assertThat(health(server)).isEqualTo("{\"status\":\"degraded\"}");
            refuse(transport, 1);
            assertThat(health(server)).isEqualTo("{\"status\":\"degraded\"}");
        }
        assertThat(lines.all())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("WARN limits.memory is used up")
                        .contains("messages refused until now: 12.", "Raise the heap"));
    }

    @Test
    void itsEndIsOneLine() {
        var memory = new HeapMemoryBudget(new MemoryLimits(1, 1).budget());

        memory.onRecovery(13);

        assertThat(lines.all())
                .containsExactly("INFO limits.memory has been sufficient for a minute; messages refused before: 13.");
    }

    private static void refuse(HostedTransport transport, int messages) {
        for (int i = 0; i < messages; i++) {
            transport.host().memory().countRefusal();
        }
    }

    private static String health(Breakwater server) {
        var page = server.httpResources().stream()
                .filter(one -> one.path().equals("/health"))
                .findFirst()
                .orElseThrow();
        var answer = page.handler()
                .answer(new HttpResource.Request("GET", "", HeaderFields.NONE))
                .toCompletableFuture()
                .join();
        return new String(answer.body(), UTF_8);
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<String> all = new ConcurrentLinkedQueue<>();

        List<String> all() {
            return List.copyOf(all);
        }

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    }
}
