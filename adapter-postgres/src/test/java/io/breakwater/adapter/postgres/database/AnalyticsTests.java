package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breakwater.sample.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The guard accepts the queries of analysts, and their results are those of PostgreSQL. */
@Tag("server")
abstract class AnalyticsTests {
    private static final String VERSION = "SELECT current_setting('server_version_num')::int / 10000";

    private final Databases databases = new Databases(server());
    private final PostgresDatabase database = databases.open();

    abstract PostgresServer server();

    @AfterEach
    void close() {
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> answers() throws SQLException {
        databases.prepare(TextSection.resource("shop.sql"));
        int version = Math.toIntExact(databases.server().number(databases.name(), VERSION));
        var inquiries = AnalystQuestion.all().stream()
                .filter(inquiry -> inquiry.since() <= version)
                .toList();
        assertThat(inquiries).hasSizeGreaterThan(100);
        return inquiries.stream().map(inquiry -> dynamicTest(inquiry.title(), () -> check(inquiry)));
    }

    private void check(AnalystQuestion inquiry) {
        assertThat(Queries.json(database, inquiry.sql(), inquiry.arguments())).isEqualTo(inquiry.rows());
    }
}
