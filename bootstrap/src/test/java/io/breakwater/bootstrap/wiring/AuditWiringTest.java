package io.breakwater.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.audit.CheckpointService;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.config.ConfigurationSources.Option;
import io.breakwater.bootstrap.tlog.Checkpoint;
import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.bootstrap.tlog.SignedNote;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of the program, as its configuration connects it with a service. */
class AuditWiringTest {
    private static final String TOKEN = "canary-token-93ab";

    @TempDir
    private Path folder = Path.of("");

    private Configuration configuration(CheckpointService service) {
        var options = List.of(
                new Option("audit.folder", folder.resolve("audit").toString(), "test"),
                new Option("audit.checkpoint-interval", "1h", "test"),
                new Option("audit.checkpoint-webhook", service.url().toString(), "test"),
                new Option("audit.checkpoint-webhook-token", TOKEN, "test"),
                new Option("outbound.allowed", "127.0.0.1", "test"));
        return Configuration.load(new ConfigurationSources(null, Map.of(), options, folder));
    }

    private Checkpoint verified(String note) throws IOException {
        var key = NoteVerifier.parse(Files.readString(folder.resolve("audit/verifier-key")));
        return Checkpoint.parse(new SignedNote(note).verifiedText(key));
    }

    @Test
    void theServiceHasTheFirstCheckpointAtTheStartAndTheLastOneAtTheEnd() throws IOException {
        try (var service = CheckpointService.start()) {
            try (var server = ApplicationComponent.of(configuration(service)).server();
                    var client = InMemoryClient.overConnection(server).connect()) {
                Eventually.holds(() -> service.requests().size() == 1);
                client.tools();
            }

            var requests = service.requests();
            assertThat(requests)
                    .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("Bearer " + TOKEN));
            assertThat(verified(requests.getFirst().body()).size()).isZero();
            assertThat(verified(requests.getLast().body()).size()).isPositive();
            assertThat(requests.getLast().body()).isEqualTo(Files.readString(folder.resolve("audit/checkpoint")));
        }
    }
}
