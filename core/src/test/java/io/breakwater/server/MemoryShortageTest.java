package io.breakwater.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.data.health.HeapMemoryBudget;
import io.breakwater.core.testkit.HostedTransport;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transport that refuses messages for want of memory is seen in the health of the server and in its log. */
class MemoryShortageTest {
    private final CapturedLog log = CapturedLog.of(HeapMemoryBudget.class);

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    @CoversOutage("memory budget: memory used up by messages")
    void isToldByHealthAndByOneWarningThatSaysWhatToDo() {
        var transport = new HostedTransport();
        try (var server = Breakwater.named("t").build().serve(transport)) {
            refuse(transport, 12);

            assertThat(health(server)).isEqualTo("{\"status\":\"degraded\"}");
            refuse(transport, 1);
            assertThat(health(server)).isEqualTo("{\"status\":\"degraded\"}");
        }
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("WARN MemoryLimits.bytes is used up")
                        .contains("messages refused until now: 12.", "Raise the heap"));
    }

    @Test
    void itsEndIsOneLine() {
        var memory = new HeapMemoryBudget(new MemoryLimits(1, 1).budget(), SettingNames.JAVA);

        memory.onRecovery(13);

        assertThat(log.lines())
                .containsExactly(
                        "INFO MemoryLimits.bytes has been sufficient for a minute; messages refused before: 13.");
    }

    @Test
    void namesTheSettingsAsTheApplicationDoes() {
        var transport = new HostedTransport();
        try (var server = Breakwater.named("t")
                .settingNames(component -> "app." + component)
                .build()
                .serve(transport)) {
            refuse(transport, 1);

            assertThat(health(server)).contains("degraded");
            assertThat(transport.host().settingNames().nameOf("HttpSettings.port"))
                    .isEqualTo("app.HttpSettings.port");
        }
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN app.MemoryLimits.bytes is used up")
                .contains("its app.MemoryLimits.share");
    }

    private static void refuse(HostedTransport transport, int messages) {
        for (int i = 0; i < messages; i++) {
            transport.host().memory().countRefusal();
        }
    }

    private static String health(Breakwater server) {
        var page = server.host().resources().stream()
                .filter(one -> one.path().equals("/health"))
                .findFirst()
                .orElseThrow();
        var answer = page.handler()
                .answer(new HttpResource.Request("GET", "", HeaderFields.NONE))
                .toCompletableFuture()
                .join();
        return new String(((HttpResource.Complete) answer.body()).bytes(), UTF_8);
    }
}
