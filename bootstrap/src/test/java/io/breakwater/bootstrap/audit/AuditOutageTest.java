package io.breakwater.bootstrap.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.AuditFailurePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of a server whose real audit log cannot be written. */
@Tag("server")
class AuditOutageTest {
    @TempDir
    private Path temporary = Path.of("");

    private Path folder() {
        return temporary.resolve("audit");
    }

    @ParameterizedTest
    @CoversOutage({
        "audit log, `deny-writes`: audit folder full, read-only or removed",
        "audit log, `deny-all`: audit folder full, read-only or removed",
        "audit log, `allow`: audit folder full, read-only or removed"
    })
    @EnumSource
    void followsThePolicyWhileTheFolderIsAway(AuditFailurePolicy policy) throws IOException {
        try (var server = new AuditedServer(folder(), policy)) {
            assertThat(server.writes()).isTrue();
            var away = Files.move(folder(), temporary.resolve("away"));

            assertThat(server.writes())
                    .isEqualTo(policy == AuditFailurePolicy.ALLOW); // from now on the outage is known
            int effects = server.effects();
            assertThat(server.writes()).isEqualTo(policy == AuditFailurePolicy.ALLOW);
            assertThat(server.reads()).isEqualTo(policy != AuditFailurePolicy.DENY_ALL);
            assertThat(server.effects()).isEqualTo(policy == AuditFailurePolicy.ALLOW ? effects + 1 : effects);

            Files.move(away, folder());
            Eventually.holds(() -> server.reads() && server.writes());
        }
        assertThat(SampleLogs.verify(folder()).isValid()).isTrue();
    }

    /** A limit on the size of its files lets each write of a process fail as a full disk does. */
    @Test
    @CoversOutage("audit log, `deny-writes`: audit folder full, read-only or removed")
    void aFullFolderRefusesWritesAndNoEntryOfThemIsLost() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var limited = new ProcessBuilder("bash", "-c", "ulimit -f 64; exec \"$@\"", "bash", java, "-XX:-UsePerfData");
        limited.command().addAll(List.of("-cp", System.getProperty("java.class.path"), FullFolder.class.getName()));
        limited.command().add(folder().toString());
        var process = limited.redirectErrorStream(true).start();

        var output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        SampleLogs.open(folder()).close(); // with room again
        assertThat(SampleLogs.verify(folder()).isValid()).isTrue();
        long starts = SampleLogs.lines(folder()).stream()
                .filter(line -> line.contains("\"event\":\"start\""))
                .count();
        assertThat(starts).as("calls until the folder is full").isGreaterThan(20);
        assertThat(output).contains("effects " + starts + ", reads true");
    }

    /** Erases until a call is refused, and prints how many calls had an effect. */
    static final class FullFolder {
        private FullFolder() {}

        public static void main(String[] arguments) {
            try (var server = new AuditedServer(Path.of(arguments[0]), AuditFailurePolicy.DENY_WRITES)) {
                while (server.writes()) {
                    // the folder has room
                }
                System.out.println("effects " + server.effects() + ", reads " + server.reads());
            }
        }
    }
}
