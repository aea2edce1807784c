package io.breakwater.bootstrap.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that others wrote list and call our tools, over each wire and in each era they speak. */
@Tag("npm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OthersClientsTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private NodeClients clients;
    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        clients = NodeClients.installed();
        server = RunningServer.start();
        open.add(server);
    }

    @AfterAll
    void stop() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    @ParameterizedTest(name = "{0} {1} over HTTP")
    @CsvSource({
        "typescript-v1, ''",
        "typescript-v2, legacy",
        "typescript-v2, modern",
        "inspector,     legacy",
        "inspector,     modern"
    })
    void overHttp(String client, String era) throws IOException, InterruptedException {
        clients.travel(client, era, List.of("http", server.endpoint()));
    }

    @ParameterizedTest(name = "{0} {1} over stdio")
    @CsvSource({
        "typescript-v1, ''",
        "typescript-v2, legacy",
        "typescript-v2, modern",
        "inspector,     legacy",
        "inspector,     modern"
    })
    void overStdio(String client, String era) throws IOException, InterruptedException {
        var place = new ArrayList<>(List.of("stdio"));
        place.addAll(Distribution.command("stdio"));
        clients.travel(client, era, place);
    }
}
