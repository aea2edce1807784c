package io.breakwater.adapter.postgres.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policy decides in a database with all the ways to a function that there are. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FunctionPolicyTests {
    private static final String[] SCHEMA = {
        "CREATE TABLE orders (id int PRIMARY KEY, note text, total numeric)",
        "CREATE FUNCTION plain(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
        "CREATE FUNCTION lower(int) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$SELECT 'secret'$$",
        "CREATE FUNCTION noted(orders) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1.note'",
        "CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
        "CREATE OPERATOR <+> (FUNCTION = joined, LEFTARG = text, RIGHTARG = text)",
        "CREATE OPERATOR <|> (FUNCTION = pg_catalog.pg_read_file, RIGHTARG = text)",
        "CREATE FUNCTION is_short(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length($1) < 9'",
        "CREATE DOMAIN short AS text CHECK (is_short(VALUE))",
        "CREATE DOMAIN shorter AS short",
        "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
        "CREATE TABLE notes (id int, word short)",
        "CREATE TYPE mood AS ENUM ('good', 'bad')",
        "CREATE FUNCTION mood_of(text) RETURNS mood LANGUAGE sql IMMUTABLE AS $$SELECT 'good'::mood$$",
        "CREATE FUNCTION text_of(mood) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'x'$$",
        "CREATE CAST (text AS mood) WITH FUNCTION mood_of(text)",
        "CREATE CAST (mood AS text) WITH FUNCTION text_of(mood) AS IMPLICIT",
        "CREATE TABLE diary (day date, mood mood)",
        "CREATE VIEW totals AS SELECT sum(total) AS sum, count(*) AS many FROM orders",
        "CREATE VIEW napping AS SELECT id, pg_sleep(0)::text AS nap FROM orders",
        "CREATE VIEW over_napping AS SELECT id FROM napping",
        "CREATE VIEW sessions AS SELECT pid FROM pg_stat_activity",
        "CREATE VIEW hashes AS SELECT rolname FROM pg_authid",
        "CREATE VIEW joining AS SELECT 'a' <+> 'b' AS x",
        "CREATE VIEW mine AS SELECT * FROM orders WHERE note = current_setting('app.tenant', true)",
        "CREATE AGGREGATE keep(int) (SFUNC = pg_catalog.int4larger, STYPE = int)",
        "CREATE EXTENSION citext",
        "CREATE EXTENSION hstore",
        "CREATE EXTENSION pg_trgm",
        "CREATE EXTENSION pgcrypto",
        "CREATE EXTENSION tablefunc",
        "CREATE EXTENSION dblink",
        "CREATE TABLE people (name citext, tags hstore)",
    };

    Connection connection;

    abstract PostgresServer server();

    @BeforeAll
    void make() throws SQLException {
        var database = server().newDatabase();
        server().execute(database, SCHEMA);
        server().execute(database, "CREATE ROLE reader_" + database + " LOGIN");
        connection = server().connect(database, "reader_" + database);
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT upper(note), round(total, 2) FROM orders WHERE note LIKE 'a%' AND id IN (1, 2)",
                "SELECT o.id, o.note FROM orders o ORDER BY o.total DESC",
                "SELECT * FROM totals",
                "SELECT * FROM mine",
                "SELECT name FROM people WHERE name = 'Ann' AND tags -> 'a' = 'b' AND replace(name, 'a', 'b') <> ''",
                "SELECT '7'::positive",
                "SELECT 7 % 2, similarity('a', 'b'), digest('a', 'sha256'), max(id) FROM orders",
                "SELECT random(), clock_timestamp(), gen_random_uuid(), now(), pg_table_size('orders')",
                "SELECT table_name FROM information_schema.tables",
                "SELECT relname, n_live_tup FROM pg_stat_user_tables",
                "SELECT count(*) OVER (), percentile_cont(0.5) WITHIN GROUP (ORDER BY total) FROM orders GROUP BY id",
                "SELECT sum(id) AS sessions FROM orders",
            })
    void admits(String sql) {
        assertThatCode(() -> policy().admit(SqlStatement.of(sql), connection))
                .as(sql)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '⇒', quoteCharacter = '`', textBlock = """
            SELECT pg_read_file('/etc/passwd')                       ⇒ pg_read_file, which reads or writes files
            SELECT * FROM pg_ls_dir('/')                             ⇒ pg_ls_dir
            SELECT "pg_sleep"(1)                                     ⇒ pg_sleep, which waits
            SELECT U&"\\0070g_sleep"(1)                               ⇒ pg_sleep
            SELECT U&"!0070g_sleep" UESCAPE '!' (1)                  ⇒ pg_sleep, which waits
            SELECT 'x'::U&"sh!006Frt" UESCAPE '!'                    ⇒ public.is_short
            SELECT TREAT('/etc/passwd' AS pg_read_file)              ⇒ pg_read_file
            SELECT treat(1 AS nowhere.U&"pg!005Fsleep" UESCAPE '!')  ⇒ pg_sleep
            SELECT treat(1 AS SETOF pg_sleep[])                      ⇒ pg_sleep
            SELECT pg_catalog.pg_sleep(1)                            ⇒ pg_sleep
            SELECT ('/etc/passwd'::text).pg_read_file                ⇒ pg_read_file
            SELECT (1).pg_sleep                                      ⇒ pg_sleep
            SELECT set_config('role', 'none', false)                 ⇒ set_config, which changes the settings of the connection
            SELECT query_to_xml('select 1', true, true, '')          ⇒ query_to_xml, which runs SQL
            SELECT * FROM ts_stat('select 1')                        ⇒ ts_stat
            SELECT ts_rewrite('a'::tsquery, 'select 1')              ⇒ ts_rewrite
            SELECT nextval('s')                                      ⇒ nextval
            SELECT current_setting('app.key')                        ⇒ current_setting, which returns information
            SELECT inet_server_addr()                                ⇒ inet_server_addr
            SELECT * FROM crosstab('select 1') AS t (a int)          ⇒ crosstab
            SELECT * FROM dblink('', 'select 1') AS t (a int)        ⇒ dblink
            SELECT txid_current()                                    ⇒ txid_current
            SELECT lower('A')                                        ⇒ public.lower, which runs with its owner's privileges; the operator can allow it by adding public.lower to
            SELECT plain(1)                                          ⇒ public.plain, which is not built into PostgreSQL; the operator can allow it by adding public.plain to DatabaseSettings.allowedFunctions
            SELECT o.noted FROM orders o                             ⇒ public.noted
            SELECT keep(id) FROM orders                              ⇒ public.keep
            SELECT 'a' <+> 'b'                                       ⇒ The operator public.<+> calls public.joined
            SELECT 'a' OPERATOR(public.<+>) 'b'                      ⇒ The operator public.<+>
            SELECT <|> '/etc/passwd'                                 ⇒ The operator public.<|> calls pg_read_file
            SELECT 'x'::short                                        ⇒ The check of the domain public.short calls public.is_short
            SELECT CAST('x' AS public.shorter)                       ⇒ The check of the domain public.short calls
            SELECT short 'x'                                         ⇒ public.is_short
            SELECT short('x')                                        ⇒ public.is_short
            SELECT '{x}'::short[]                                    ⇒ public.is_short
            SELECT word FROM notes                                   ⇒ The check of the domain public.short calls public.is_short
            SELECT (json_populate_record(NULL::notes, '{}')).word    ⇒ public.is_short
            SELECT * FROM json_to_record('{}') AS x (a int, b short) ⇒ public.is_short
            SELECT CAST(note AS mood) FROM orders                    ⇒ calls public.
            SELECT 'x'::text::mood                                   ⇒ calls public.
            SELECT mood FROM diary                                   ⇒ The cast from mood to text calls public.text_of
            SELECT * FROM napping                                    ⇒ The view public.napping calls pg_sleep
            SELECT id FROM public.over_napping                       ⇒ The view public.over_napping calls pg_sleep
            TABLE over_napping                                       ⇒ The view public.over_napping calls pg_sleep
            SELECT * FROM sessions                                   ⇒ The view public.sessions calls pg_stat_get_activity, which returns information
            SELECT * FROM pg_stat_activity                           ⇒ The view pg_catalog.pg_stat_activity calls
            SELECT * FROM pg_settings                                ⇒ pg_show_all_settings
            SELECT * FROM pg_hba_file_rules                          ⇒ pg_hba_file_rules
            SELECT * FROM pg_prepared_statements                     ⇒ pg_prepared_statement
            SELECT * FROM hashes                                     ⇒ The table pg_catalog.pg_authid, which the view public.hashes reads
            SELECT * FROM pg_shadow                                  ⇒ The table pg_catalog.pg_shadow contains
            SELECT * FROM joining                                    ⇒ The view public.joining calls public.joined
            SELECT subconninfo FROM pg_subscription                  ⇒ The table pg_catalog.pg_subscription contains
            """)
    void refuses(String sql, String sentence) {
        assertRefused(sql).hasMessageContaining(sentence);
    }

    @Test
    void whatTheOperatorNamesPasses() {
        var policy =
                policy("public.plain", "public.lower", "public.<+>", "public.joined", "pg_catalog.current_setting");
        for (var sql : List.of(
                "SELECT plain(1), lower('A')",
                "SELECT 'a' <+> 'b'",
                "SELECT x FROM joining",
                "SELECT current_setting('app.key')")) {
            assertThatCode(() -> policy.admit(SqlStatement.of(sql), connection))
                    .as(sql)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aWholeSchemaLetsOnlyThePlainOnesPass() {
        var policy = policy("public.*", "extension:tablefunc");
        assertThatCode(() -> policy.admit(SqlStatement.of("SELECT plain(1), 'x'::short"), connection))
                .doesNotThrowAnyException();
        assertRefused(policy, "SELECT lower('A')").hasMessageContaining("owner's privileges");
        assertRefused(policy, "SELECT * FROM crosstab('select 1') AS t (a int)").hasMessageContaining("crosstab");
    }

    /** Fails when a version brings a function: review it, then add it to the list or to {@link DeniedFunctions}. */
    @Test
    void listsExactlyTheFunctionsOfTheServerThatOnlyCompute() throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        assertThat(ReviewedFunctions.of(version))
                .hasSizeGreaterThan(2_000)
                .isEqualTo(SystemFunctions.passing(connection));
    }

    @Test
    void refusesEveryFunctionOfAVersionThatWasNotReviewed() {
        var reached = new ReachedObject("call", "", "pg_catalog", "upper", true, false, false, null, 99);
        assertThat(new PolicyEvaluator(AccessMode.READ_ONLY, new AllowedFunctions(List.of()), "the setting")
                        .refusal(reached))
                .get()
                .asString()
                .contains("upper, which is not in the list of functions that were reviewed for PostgreSQL 99");
    }

    @Test
    void readsTheViewsOfTheSystemThatTellOfTables() throws SQLException {
        var refused = SystemFunctions.views(connection).stream()
                .filter(view -> isRefused("SELECT * FROM " + view))
                .toList();
        assertThat(refused)
                .contains(
                        "pg_catalog.pg_stat_activity",
                        "pg_catalog.pg_shadow",
                        "pg_catalog.pg_roles",
                        "pg_catalog.pg_user",
                        "pg_catalog.pg_settings",
                        "pg_catalog.pg_file_settings",
                        "pg_catalog.pg_hba_file_rules",
                        "pg_catalog.pg_cursors",
                        "pg_catalog.pg_locks",
                        "pg_catalog.pg_replication_slots",
                        "pg_catalog.pg_stat_ssl",
                        "pg_catalog.pg_stat_replication",
                        "pg_catalog.pg_user_mappings",
                        "information_schema.user_mapping_options")
                .doesNotContain(
                        "pg_catalog.pg_tables",
                        "pg_catalog.pg_views",
                        "pg_catalog.pg_stats",
                        "pg_catalog.pg_indexes",
                        "pg_catalog.pg_sequences",
                        "pg_catalog.pg_stat_user_tables",
                        "information_schema.columns",
                        "information_schema.tables",
                        "information_schema.table_constraints",
                        "information_schema.key_column_usage");
    }

    private boolean isRefused(String sql) {
        try {
            policy().admit(SqlStatement.of(sql), connection);
            return false;
        } catch (PortException.RefusedException e) {
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Test
    void nothingAllowsWhatWouldUndoTheGuard() {
        assertRefused(policy("pg_catalog.set_config", "pg_catalog.*"), "SELECT set_config('a.b', 'c', false)")
                .hasMessageContaining("never allowed");
    }

    @Test
    void sequencesMoveWhereRowsMay() {
        var sql = SqlStatement.of("INSERT INTO orders VALUES (nextval('s'))");
        assertThatCode(() -> new FunctionPolicy(AccessMode.READ_WRITE, List.of()).admit(sql, connection))
                .doesNotThrowAnyException();
    }

    @Test
    void aFunctionThatIsMadeLaterIsSeenAMinuteLater() throws SQLException {
        var now = new AtomicLong();
        var policy = new FunctionPolicy(AccessMode.READ_ONLY, List.of(), SettingNames.JAVA, now::get);
        var sql = SqlStatement.of("SELECT later(1)");
        policy.admit(sql, connection);
        server().execute(connection.getCatalog(), "CREATE FUNCTION later(int) RETURNS int LANGUAGE sql AS 'SELECT 1'");
        policy.admit(sql, connection);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertRefused(policy, "SELECT later(1)").hasMessageContaining("public.later");
    }

    @Test
    void namesTheSettingAsTheApplicationDoes() {
        var policy = new FunctionPolicy(AccessMode.READ_ONLY, List.of(), component -> "key of " + component);

        assertRefused(policy, "SELECT plain(1)")
                .hasMessageContaining("by adding public.plain to key of DatabaseSettings.allowedFunctions.");
    }

    @Test
    void showsSettingsThatAreNoSecrets() {
        assertThat(FunctionPolicy.mayShow("timezone")).isTrue();
        assertThat(FunctionPolicy.mayShow("data_directory")).isFalse();
        assertThat(FunctionPolicy.mayShow("app.key")).isFalse();
        assertThat(FunctionPolicy.mayShow("all")).isFalse();
    }

    private static FunctionPolicy policy(String... allowed) {
        return new FunctionPolicy(AccessMode.READ_ONLY, List.of(allowed));
    }

    AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String sql) {
        return assertRefused(policy(), sql);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(FunctionPolicy policy, String sql) {
        return assertThatThrownBy(() -> policy.admit(SqlStatement.of(sql), connection))
                .as(sql)
                .isInstanceOfSatisfying(
                        PortException.RefusedException.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(PortException.RefusedException.Reason.FORBIDDEN));
    }
}
