package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency.Need;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class RoleGuardTest {

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    @Test
    void onlyWarnsByDefault() throws Exception {
        var database = databases.open(databases.settings("postgres"));

        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
        database.dependency(Need.REQUIRED).probe().probe(ManualCallContext.unhurried());
    }

    @Test
    void runsNothingAsARoleThatMayTooMuchUntilItIsChanged() throws Exception {
        databases.prepare("CREATE TABLE item (id int)", "GRANT INSERT ON item TO reader");
        var database = databases.open(databases.settings().withStrictRole(true));
        var probe = database.dependency(Need.REQUIRED).probe();

        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> Queries.rows(database, "SELECT 1"))
                .withMessageContaining("no statements run");
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> probe.probe(ManualCallContext.unhurried()))
                .withMessage("The database role has more privileges than it needs: it may insert into item.");

        databases.prepare("REVOKE INSERT ON item FROM reader");
        assertThatCode(() -> probe.probe(ManualCallContext.unhurried())).doesNotThrowAnyException();
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
    }

    @Test
    void runsNothingAsARoleThatSeesTheStore() {
        databases.prepare("CREATE SCHEMA our_store", "GRANT USAGE ON SCHEMA our_store TO reader");
        var database = databases.open(databases.settings().withStoreSchema("our_store"));

        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> Queries.rows(database, "SELECT 1"));
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> database.dependency(Need.REQUIRED).probe().probe(ManualCallContext.unhurried()))
                .withMessageContaining("Breakwater's store");
    }

    @Test
    void warnsOnceForEachReportAndNamesTheServer() throws Exception {
        databases.prepare("CREATE TABLE item (id int)", "GRANT INSERT ON item TO reader");
        try (var log = CapturedLog.of(RoleGuard.class)) {
            var database = databases.open(databases.settings().withStrictRole(true));
            var probe = database.dependency(Need.REQUIRED).probe();
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(PortException.UnavailableException.class)
                        .isThrownBy(() -> probe.probe(ManualCallContext.unhurried()));
            }
            assertThat(log.count("it may insert into item")).isEqualTo(1);
            assertThat(log.count("127.0.0.1:" + databases.server().port() + "/" + databases.name()))
                    .isEqualTo(1);

            databases.prepare("GRANT DELETE ON item TO reader");
            assertThatExceptionOfType(PortException.UnavailableException.class)
                    .isThrownBy(() -> probe.probe(ManualCallContext.unhurried()));
            assertThat(log.count("it may delete from item; it may insert into item"))
                    .isEqualTo(1);
        }
    }

    @Test
    void isContentWithARoleThatReads() {
        databases.prepare("CREATE SCHEMA our_store", "CREATE TABLE item AS SELECT 1 AS id");
        var database = databases.open(databases.settings().withStrictRole(true).withStoreSchema("our_store"));

        assertThat(Queries.json(database, "TABLE item")).isEqualTo("[{\"id\":1}]");
    }
}
