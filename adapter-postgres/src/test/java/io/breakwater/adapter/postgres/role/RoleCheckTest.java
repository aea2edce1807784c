package io.breakwater.adapter.postgres.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("server")
class RoleCheckTest {
    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final String role = "role_of_" + database;

    @BeforeEach
    void prepare() {
        server.execute(
                database,
                "CREATE ROLE " + role + " LOGIN",
                "REVOKE TEMPORARY ON DATABASE " + database + " FROM PUBLIC",
                "CREATE TABLE item (id int)",
                "CREATE TABLE \"Other Item\" (id int)",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role);
    }

    @Test
    void saysNothingAgainstARoleThatReads() throws SQLException {
        assertThat(report(AccessMode.READ_ONLY).isClean()).isTrue();
    }

    @Test
    void namesEachAttribute() throws SQLException {
        server.execute(database, "ALTER ROLE " + role + " BYPASSRLS CREATEROLE CREATEDB REPLICATION");

        assertThat(report(AccessMode.READ_ONLY).excessPrivileges())
                .containsExactlyInAnyOrder(
                        "may bypass row security (BYPASSRLS)",
                        "may create roles (CREATEROLE)",
                        "may create databases (CREATEDB)",
                        "may replicate (REPLICATION)");
    }

    @Test
    void saysOfASuperuserThatItIsOne() throws SQLException {
        server.execute(database, "ALTER ROLE " + role + " SUPERUSER");

        assertThat(report(AccessMode.READ_WRITE).excessPrivileges()).containsExactly("is a superuser");
    }

    @Test
    void namesMembershipsThatReachBeyondTheDatabase() throws SQLException {
        server.execute(database, "GRANT pg_read_server_files, pg_signal_backend, pg_write_all_data TO " + role);

        assertThat(report(AccessMode.READ_WRITE).excessPrivileges())
                .contains(
                        "is a member of pg_read_server_files",
                        "is a member of pg_signal_backend",
                        "is a member of pg_write_all_data");
    }

    @Test
    void namesTablesThatCanBeChangedWhereReadingIsAll() throws SQLException {
        server.execute(
                database,
                "GRANT INSERT, TRUNCATE ON ALL TABLES IN SCHEMA public TO " + role,
                "GRANT UPDATE (id) ON item TO " + role);

        assertThat(report(AccessMode.READ_ONLY).excessPrivileges())
                .containsExactly(
                        "may insert into \"Other Item\" and 1 more tables",
                        "may truncate \"Other Item\" and 1 more tables",
                        "may update item");
        assertThat(report(AccessMode.READ_WRITE).excessPrivileges())
                .containsExactly("may truncate \"Other Item\" and 1 more tables");
        assertThat(report(AccessMode.ADMIN).excessPrivileges()).isEmpty();
    }

    @Test
    void namesPlacesToCreateSomething() throws SQLException {
        server.execute(
                database,
                "GRANT CREATE ON SCHEMA public TO " + role,
                "GRANT CREATE, TEMPORARY ON DATABASE " + database + " TO " + role);

        assertThat(report(AccessMode.READ_ONLY).excessPrivileges())
                .containsExactlyInAnyOrder(
                        "may create in the schema public",
                        "may create schemas in the database",
                        "may create temporary tables in the database");
    }

    @Test
    void namesFunctionsThatRunWithOtherRights() throws SQLException {
        server.execute(
                database,
                "CREATE FUNCTION \"Total\"(a int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
                "CREATE FUNCTION harmless() RETURNS int LANGUAGE sql AS 'SELECT 1'");

        assertThat(report(AccessMode.READ_ONLY).excessPrivileges())
                .containsExactly("may execute public.\"Total\"(a integer), which runs with its owner's privileges");
        assertThat(report(new RoleCheck(AccessMode.READ_ONLY, null, Set.of("public.Total")))
                        .isClean())
                .isTrue();
        assertThat(report(new RoleCheck(AccessMode.READ_ONLY, null, Set.of("public.*")))
                        .isClean())
                .isTrue();
    }

    @Test
    void aBracketInTheNameOfASchemaIsNoObstacle() throws SQLException {
        server.execute(
                database,
                "CREATE SCHEMA \"a(b\"",
                "GRANT USAGE ON SCHEMA \"a(b\" TO " + role,
                "CREATE FUNCTION \"a(b\".f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'");

        assertThat(report(AccessMode.READ_ONLY).excessPrivileges())
                .containsExactly("may execute \"a(b\".f(), which runs with its owner's privileges");
    }

    @ParameterizedTest
    @ValueSource(strings = {"our_store", "values"})
    void theScriptGrantsNothingOfTheStore(String schema) throws SQLException {
        server.execute(
                database, "CREATE SCHEMA \"" + schema + "\"", "GRANT USAGE ON SCHEMA \"" + schema + "\" TO " + role);

        assertThat(report(new RoleCheck(AccessMode.READ_ONLY, schema, Set.of())).script())
                .contains("ON SCHEMA public TO")
                .doesNotContain(schema);
    }

    @ParameterizedTest
    @EnumSource
    void seesWhetherTheStoreIsInReach(AccessMode mode) throws SQLException {
        server.execute(database, "CREATE SCHEMA our_store");
        var check = new RoleCheck(mode, "our_store", Set.of());

        assertThat(report(check).canUseStore()).isFalse();
        server.execute(database, "GRANT USAGE ON SCHEMA our_store TO " + role);
        assertThat(report(check).canUseStore()).isTrue();
        assertThat(report(new RoleCheck(mode, "elsewhere", Set.of())).canUseStore())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_ONLY", "READ_WRITE"})
    void givesTheScriptOfARoleThatNothingIsSaidAgainst(AccessMode mode) throws SQLException {
        server.execute(
                database,
                "GRANT CREATE ON SCHEMA public TO PUBLIC",
                "GRANT TEMPORARY ON DATABASE " + database + " TO PUBLIC",
                "CREATE FUNCTION f(int, VARIADIC int[]) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
                "CREATE SCHEMA our_store",
                "CREATE SCHEMA \"Sales\"",
                "GRANT USAGE ON SCHEMA \"Sales\" TO " + role);
        var made = "made_in_" + database;

        var script = report(mode).script();
        server.execute(database, script.replace("breakwater_guarded", made));

        try (var connection = server.connect(database, made)) {
            assertThat(new RoleCheck(mode, "our_store", Set.of()).of(connection).excessPrivileges())
                    .isEmpty();
        }
    }

    private RoleReport report(AccessMode mode) throws SQLException {
        return report(new RoleCheck(mode, null, Set.of()));
    }

    private RoleReport report(RoleCheck check) throws SQLException {
        try (var connection = server.connect(database, role)) {
            return check.of(connection);
        }
    }
}
