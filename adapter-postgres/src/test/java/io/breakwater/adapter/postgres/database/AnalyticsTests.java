package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breakwater.port.Json;
import io.breakwater.sample.postgres.PostgresServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The guard is in nobody's way: what analysts ask passes, and is answered as PostgreSQL answers it. */
@Timeout(120)
abstract class AnalyticsTests {
    private final Databases databases = new Databases(server());
    private final PostgresDatabase database = databases.open();

    abstract PostgresServer server();

    @AfterEach
    void close() {
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> answers() {
        databases.prepare(Passage.resource("shop.sql"));
        return Passage.of("analytics.txt").stream()
                .map(passage -> dynamicTest(passage.title(), () -> check(passage.text())));
    }

    private void check(String passage) {
        var parts = passage.split("\n=>\n", 2);
        var values = parts[0].contains("$1") ? new Json[] {Json.of(10)} : new Json[0];

        assertThat(Ask.json(database, parts[0], values)).isEqualTo(parts[1]);
    }
}
