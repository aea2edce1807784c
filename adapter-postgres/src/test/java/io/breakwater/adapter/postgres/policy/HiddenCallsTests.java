package io.breakwater.adapter.postgres.policy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policy decides where a careless owner made ways to functions that no statement names. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HiddenCallsTests {
    private Connection connection;

    abstract PostgresServer server();

    @BeforeAll
    void make() throws SQLException {
        var database = server().newDatabase();
        server().execute(database, PolicyResource.text("careless.sql").split(";;\n", -1));
        server().execute(database, "CREATE ROLE reader_of_" + database + " LOGIN");
        connection = server().connect(database, "reader_of_" + database);
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '⇒', quoteCharacter = '`', textBlock = """
            SELECT t OPERATOR(public.*) t FROM plain t                       ⇒ The operator public.* calls public.star_of
            SELECT t OPERATOR(*) t FROM plain t                              ⇒ The operator public.* calls
            SELECT s.all * s.b FROM starry s                                 ⇒ The operator public.* calls
            SELECT s.distinct * s.b FROM (SELECT t AS "distinct", t AS b FROM plain t) s ⇒ The operator public.* calls
            SELECT "all" * b FROM starry                                     ⇒ The operator public.* calls
            SELECT to_json(mood) FROM diary                                  ⇒ The cast from mood to json calls public.json_of
            SELECT row_to_json(d) FROM diary d                               ⇒ public.json_of
            SELECT json_agg(mood) FROM diary                                 ⇒ public.json_of
            SELECT jsonb_build_object('a', mood) FROM diary                  ⇒ public.json_of
            SELECT to_jsonb(array_agg(mood)) FROM diary                      ⇒ public.json_of
            SELECT to_jsonb('good'::mood)                                    ⇒ public.json_of
            SELECT to_jsonb('{good}'::_mood)                                 ⇒ public.json_of
            SELECT 'a' || shade FROM wall                                    ⇒ The cast from shade to text calls public.text_of
            SELECT quote_literal(shade) FROM wall                            ⇒ public.text_of
            SELECT array_agg(grade)::_int4 FROM exam                         ⇒ The cast from grade to integer calls public.int_of
            SELECT array_agg(grade)::int[] FROM exam                         ⇒ public.int_of
            SELECT grade::int FROM exam                                      ⇒ public.int_of
            SELECT lag(word, 1, 'x') OVER () FROM words                      ⇒ The check of the domain public.short calls public.is_short
            SELECT array_append(words, 'x') FROM lists                       ⇒ public.is_short
            SELECT array_position(words, 'x') FROM lists                     ⇒ public.is_short
            SELECT jsonb_populate_record(p, '{}') FROM pairs p               ⇒ public.is_short
            SELECT (jsonb_populate_record(pair, '{}')).word FROM pairs       ⇒ public.is_short
            SELECT '{x}'::_short                                             ⇒ public.is_short
            SELECT '(1,x)'::pair                                             ⇒ public.is_short
            SELECT '{"(1,x)"}'::public._pair                                 ⇒ public.is_short
            SELECT * FROM nests                                              ⇒ public.is_short
            SELECT * FROM of_json                                            ⇒ public.is_short
            SELECT * FROM over_json                                          ⇒ public.is_short
            SELECT * FROM kept_short                                         ⇒ public.is_short
            SELECT domain_in('x', 'short'::regtype, -1)                      ⇒ domain_in, which runs SQL, or resolves names, from a text
            SELECT array_in('{x}', 'short'::regtype, -1)                     ⇒ array_in
            SELECT record_in('(1,x)', 'pair'::regtype, -1)                   ⇒ record_in
            SELECT satisfies_hash_partition('parted'::regclass, 1, 0, 'x')   ⇒ satisfies_hash_partition
            SELECT count(*) FROM boxes a JOIN boxes b USING (box)            ⇒ The operator public.= calls public.box2_eq
            SELECT 1 FROM boxes WHERE box IN (ROW(1, 2)::box2)               ⇒ public.box2_eq
            SELECT rank FROM ranks ORDER BY rank                             ⇒ The operator class public.rank2_ops calls public.rank2_
            SELECT DISTINCT rank FROM ranks                                  ⇒ public.rank2_
            SELECT rank, count(*) FROM ranks GROUP BY rank                   ⇒ public.rank2_
            SELECT ranks < ranks FROM rank_lists                             ⇒ public.
            SELECT ranks = ranks FROM rank_lists                             ⇒ public.
            SELECT span && span FROM spans                                   ⇒ public.rank2_
            SELECT rank_span('a', 'b')                                       ⇒ public.
            SELECT 1 FROM measures WHERE span && '[1,2]'                     ⇒ The type public.span calls public.far
            SELECT 'a'::text -|- 'b'::text                                   ⇒ The operator public.-|- calls public.spots_meet
            SELECT spot = 'a' FROM spots                                     ⇒ public.spot
            SELECT coalesce(spot, note) FROM spots, plain                    ⇒ public.spot
            SELECT plpgsql_call_handler()                                    ⇒ plpgsql_call_handler, which is volatile
            SELECT id FROM indexed                                           ⇒ of the table public.indexed calls public.folded
            SELECT id FROM part_indexed                                      ⇒ of the table public.part_indexed calls public.folded
            SELECT id FROM checked WHERE id = 1                              ⇒ of the table public.checked calls public.folded
            SELECT id FROM counted                                           ⇒ of the table public.counted calls public.folded
            SELECT id FROM generated                                         ⇒ of the table public.generated calls public.folded
            SELECT id FROM parted                                            ⇒ of the table public.parted calls public.folded
            SELECT id FROM parted_a                                          ⇒ of the table public.parted calls public.folded
            SELECT id FROM parent                                            ⇒ of the table public.child calls public.folded
            SELECT id FROM over_parent                                       ⇒ of the table public.child calls public.folded
            SELECT id FROM exclusive                                         ⇒ of the table public.exclusive calls public.folded
            SELECT 1 WHERE NOT 'a'::text !== 'b'                             ⇒ public.like2
            SELECT 1 WHERE 'a'::text === 'b'                                 ⇒ public.like2
            SELECT p.of_row FROM plain p                                     ⇒ public.of_row
            SELECT x.of_row FROM (SELECT * FROM plain) x                     ⇒ public.of_row
            SELECT public.plain.of_row FROM public.plain                     ⇒ public.of_row
            SELECT p.of_any FROM plain p                                     ⇒ public.of_any
            SELECT p.of_record FROM plain p                                  ⇒ public.of_record
            SELECT p.row_domain FROM plain p                                 ⇒ public.is_short
            SELECT (p).id.of_int FROM plain p                                ⇒ public.of_int
            SELECT (p.id).of_int FROM plain p                                ⇒ public.of_int
            SELECT $1.of_int                                                 ⇒ public.of_int
            SELECT (ARRAY[1])[1].of_int                                      ⇒ public.of_int
            SELECT g.of_int FROM generate_series(1, 2) g                     ⇒ public.of_int
            SELECT g.of_int FROM generate_series(1, 2) AS g                  ⇒ public.of_int
            SELECT g.of_int FROM generate_series(1, 2) AS g (x)              ⇒ public.of_int
            SELECT g.of_int FROM ROWS FROM (generate_series(1, 2)) AS g      ⇒ public.of_int
            SELECT generate_series.of_int FROM generate_series(1, 2)         ⇒ public.of_int
            SELECT "generate_series".of_int FROM pg_catalog.generate_series(1, 2) ⇒ public.of_int
            SELECT d.of_date FROM CURRENT_DATE d                             ⇒ public.of_date
            SELECT d.of_date FROM CURRENT_DATE AS d                          ⇒ public.of_date
            SELECT "current_date".of_date FROM CURRENT_DATE                  ⇒ public.of_date
            SELECT x.of_int FROM CAST(1 AS int) x                            ⇒ public.of_int
            SELECT "int4".of_int FROM CAST(1 AS integer)                     ⇒ public.of_int
            SELECT "state".of_state FROM CAST('open' AS public.state)        ⇒ public.of_state
            SELECT "btrim".status FROM TRIM(BOTH FROM 'a')                   ⇒ public.status
            SELECT x.of_int FROM (generate_series(1, 2) x CROSS JOIN plain)  ⇒ public.of_int
            SELECT (1).short                                                 ⇒ public.is_short
            SELECT İndexed.id FROM İndexed                                   ⇒ public.folded
            SELECT OF_İNT(1)                                                 ⇒ public.of_int
            SELECT current_setting('data_directory')                         ⇒ current_setting, which returns information
            SELECT current_setting('max_connections'), current_setting('app.x') ⇒ current_setting
            SELECT current_setting('max_' || 'connections')                  ⇒ current_setting
            SELECT current_setting(note) FROM plain                          ⇒ current_setting
            SELECT current_setting('max_connections'), ('data_directory').current_setting ⇒ current_setting
            SELECT current_setting('max_connections'), TREAT('data_directory' AS current_setting) ⇒ current_setting
            SELECT pg_listening_channels()                                   ⇒ pg_listening_channels, which returns information
            SELECT * FROM pg_stat_get_progress_info('VACUUM')                ⇒ pg_stat_get_progress_info
            SELECT pg_stat_get_backend_userid(1)                             ⇒ pg_stat_get_backend_userid
            SELECT pg_tablespace_databases(1663)                             ⇒ pg_tablespace_databases
            SELECT * FROM pg_toast.pg_toast_1417                             ⇒ The table pg_toast.pg_toast_1417
            SELECT * FROM pg_toast.pg_toast_2619                             ⇒ The table pg_toast.pg_toast_2619
            """)
    void refuses(String sql, String sentence) {
        assertRefused(AccessMode.READ_ONLY, sql, sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '⇒', quoteCharacter = '`', textBlock = """
            INSERT INTO written (id) VALUES (1)      ⇒ of the table public.written calls public.folded
            INSERT INTO words VALUES (1, 'x')        ⇒ public.is_short
            INSERT INTO child VALUES (1, 'x')        ⇒ public.folded
            UPDATE parent SET note = 'x'             ⇒ public.folded
            """)
    void refusesInChanges(String sql, String sentence) {
        assertRefused(AccessMode.READ_WRITE, sql, sentence);
    }

    private void assertRefused(AccessMode mode, String sql, String sentence) {
        assertThatThrownBy(() -> new FunctionPolicy(mode, List.of()).admit(SqlStatement.of(sql), connection))
                .as(sql)
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM plain p WHERE p.total > 1 AND p.note = 'a' ORDER BY p.at",
                "SELECT p.total, p.status FROM plain p",
                "SELECT o.total FROM (SELECT sum(p.total) AS total FROM plain p) o",
                "WITH o AS (SELECT count(*) AS status FROM plain) SELECT o.status FROM o",
                "SELECT id, note FROM written",
                "SELECT id, nap FROM napped",
                "SELECT to_json(p), row_to_json(p), json_agg(p.note) FROM plain p GROUP BY p",
                "SELECT id, mail, amount + 1, home, (home).zip, homes[1], low FROM shop",
                "SELECT s.state, s.name, s.total, s.note FROM shop s WHERE s.name = 'x' AND s.state IN ('open', 'paid')",
                "SELECT state, name, count(*) FROM shop GROUP BY state, name ORDER BY name, state",
                "SELECT DISTINCT tags, path, price FROM shop WHERE price @> 1.0 AND path <@ 'a.b' AND tags ? 'x'",
                "SELECT id FROM shop WHERE note % 'abc' OR lower(note) = 'x' OR during && tstzrange(now(), NULL)",
                "SELECT to_jsonb(s), array_agg(s.state) FROM shop s GROUP BY s",
                "SELECT 'open'::state, '{open}'::state[], 'a@b'::email, '7'::positive, '(1,2)'::address",
                "SELECT * FROM shop_view WHERE name LIKE 'a%'",
                "SELECT at, count(*) FROM events WHERE at >= '2026-01-01' GROUP BY at",
                "SELECT * FROM buckets WHERE lower(note) = 'x'",
                "SELECT a.id * b.id, count(*), 2 * 3 FROM shop a, shop b GROUP BY 1",
                "SELECT p.*, * FROM plain p",
                "SELECT price_span(1, 2), 1.0 <@ price FROM shop",
                "SELECT current_setting('max_connections'), pg_catalog.current_setting('Block_Size', true)",
                "SELECT current_setting('server_version')",
                "SELECT g.id FROM generate_series(1, 2) AS g (id)",
                "SELECT trim(both ' ' FROM note), at AT TIME ZONE 'UTC', position('a' IN note) FROM plain",
                "SELECT date_trunc('day', at), extract(year FROM at), doc ->> 'a', doc @> '{}' FROM plain",
                "SELECT * FROM information_schema.columns",
                "SELECT last_value FROM shop_id_seq",
            })
    void admits(String sql) {
        assertThatCode(() ->
                        new FunctionPolicy(AccessMode.READ_ONLY, List.of()).admit(SqlStatement.of(sql), connection))
                .as(sql)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO shop (state, name, total, note) VALUES ('open', 'x', 1, 'n') RETURNING id",
                "UPDATE shop SET state = 'paid', amount = 2 WHERE id = 1",
                "DELETE FROM events WHERE at < '2020-01-01'",
            })
    void admitsChanges(String sql) {
        assertThatCode(() ->
                        new FunctionPolicy(AccessMode.READ_WRITE, List.of()).admit(SqlStatement.of(sql), connection))
                .as(sql)
                .doesNotThrowAnyException();
    }
}
