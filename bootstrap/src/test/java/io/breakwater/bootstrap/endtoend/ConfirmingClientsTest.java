package io.breakwater.bootstrap.endtoend;

import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote delete a user: one that can ask its user deletes it once, and one that cannot does not. */
@Tag("npm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmingClientsTest {
    private final PostgresServer postgres = PostgresServer.newest();
    private NodeClients clients;
    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        clients = NodeClients.installed();
        server = RunningServer.start(Map.of("STORE_URL", postgres.url(postgres.newDatabase(), "postgres")));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void deleteAUserWithTheConsentOfAUser(String era) throws IOException, InterruptedException {
        clients.travel("confirm", era, List.of("http", server.endpoint()));
    }
}
