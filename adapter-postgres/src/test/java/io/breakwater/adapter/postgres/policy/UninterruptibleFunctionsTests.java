package io.breakwater.adapter.postgres.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each known call that nothing can end is one that the server takes, and that the policy does not, unless it is
 * allowed.
 */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UninterruptibleFunctionsTests {
    private static final LongSummaryStatistics NO_VALUES = new LongSummaryStatistics();

    /** At a scale at which each ends by itself. */
    static final List<Hit> HITS = List.of(
            new Hit("translate", "SELECT translate(repeat('a', 30), repeat('b', 30), '')"),
            new Hit("xpath", "SELECT xpath('//a//a', '<a><a><a/></a></a>')"),
            new Hit("xpath_exists", "SELECT xpath_exists('//a//a', '<a><a><a/></a></a>')"),
            new Hit("xmlexists", "SELECT xmlexists('//a//a' PASSING BY REF '<a><a/></a>')"),
            new Hit("xmltable", "SELECT * FROM XMLTABLE('//a//a' PASSING '<a><a/></a>' COLUMNS c text PATH '.')"),
            new Hit(
                    "xml_in",
                    "SELECT ('<a ' || string_agg(format('a%s=\"\"', i), ' ') || '/>')::xml FROM generate_series(1, 9) i"),
            new Hit("strpos", "SELECT strpos(repeat('a', 30), 'b' || repeat('a', 15))"),
            new Hit("position", "SELECT position('b' || repeat('a', 15) IN repeat('a', 30))"),
            new Hit("replace", "SELECT replace(repeat('a', 30), 'b' || repeat('a', 15), 'c')"),
            new Hit("split_part", "SELECT split_part(repeat('a', 30), 'b' || repeat('a', 15), 1)"),
            new Hit("string_to_array", "SELECT string_to_array(repeat('a', 30), 'b' || repeat('a', 15))"),
            new Hit("string_to_table", "SELECT string_to_table(repeat('a', 30), 'b' || repeat('a', 15))"),
            new Hit("btrim", "SELECT trim(repeat('a', 30) || 'b' FROM repeat('b', 30))"),
            new Hit("ltrim", "SELECT ltrim(repeat('b', 30), repeat('a', 30) || 'b')"),
            new Hit("rtrim", "SELECT rtrim(repeat('b', 30), repeat('a', 30) || 'b')"),
            new Hit("~~", "SELECT repeat('a', 30) LIKE '%' || repeat('a', 15) || 'b%'"),
            new Hit("~~*", "SELECT repeat('a', 30) ILIKE '%' || repeat('a', 15) || 'b%'"),
            new Hit("normalize", "SELECT normalize('e' || repeat(U&'\\0301', 9) || repeat(U&'\\0323', 9), NFKC)"),
            new Hit(
                    "is_normalized",
                    "SELECT ('e' || repeat(U&'\\0301', 9) || repeat(U&'\\0323', 9)) IS NFD NORMALIZED"),
            new Hit("&&", "SELECT array_fill(1, ARRAY[30]) && array_fill(2, ARRAY[30])"),
            new Hit("@>", "SELECT array_agg(i) @> array_agg(-i) FROM generate_series(1, 30) i"),
            new Hit("<@", "SELECT jsonb_agg(i) <@ jsonb_agg(-i) FROM generate_series(1, 30) i"),
            new Hit("?|", "SELECT jsonb_agg(i::text) ?| array_agg('x' || i) FROM generate_series(1, 30) i"),
            new Hit(
                    "path",
                    "SELECT ('[' || repeat('(1,2),', 9) || '(0,0)]')::path <-> ('[' || repeat('(3,4),', 9) || '(0,0)]')::path"),
            new Hit("polygon", "SELECT polygon(30, circle '<(0,0),5>') && polygon(30, circle '<(1,0),5>')"),
            new Hit("jsonpath", "SELECT jsonb_path_match('{\"a\":1}', '$.a[0,0][0,0][0,0] == $.a[0,0][0,0]')"),
            new Hit("normalize", "SELECT (repeat('a', 9)).normalize"),
            new Hit("polygon", "SELECT '{}'::_polygon"),
            new Hit("xml_in", "SELECT t.p::text FROM json_to_record('{}') AS t(p xml), repeat('a', 9)"),
            new Hit("oidvectorin", "SELECT repeat('23 ', 9)::oidvector"),
            new Hit("*", "SELECT x*x*x*x*x*x*x*x*x*x FROM (SELECT '1e1000'::numeric x) t"),
            new Hit("tsqueryin", "SELECT ('a' || repeat(' & a', 9))::tsquery"),
            new Hit("plainto_tsquery", "SELECT plainto_tsquery(repeat('ab cd ', 9))"),
            new Hit("phraseto_tsquery", "SELECT phraseto_tsquery('english', repeat('ab cd ', 9))"),
            new Hit("@@", "SELECT repeat('ab cd ', 9) @@ repeat('ab ', 9)"));

    private Connection connection;

    abstract PostgresServer server();

    @BeforeAll
    void connect() throws SQLException {
        connection = server().connect(server().newDatabase(), "postgres");
    }

    @AfterAll
    void disconnect() throws SQLException {
        connection.close();
    }

    static List<Hit> hits() {
        return HITS;
    }

    @ParameterizedTest
    @MethodSource("hits")
    void theServerTakesIt(Hit hit) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(hit.sql())) {
            assertThat(rows.next()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("hits")
    void thePolicyRefusesItAndSaysWhichEntryAllowsIt(Hit hit) {
        assertThatThrownBy(() -> admit(hit))
                .isInstanceOfSatisfying(
                        PortException.RefusedException.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(PortException.RefusedException.Reason.FORBIDDEN))
                .hasMessageContaining("PostgreSQL cannot interrupt " + hit.name())
                .hasMessageContaining("add pg_catalog." + hit.name() + " to DatabaseSettings.allowedFunctions");
    }

    @ParameterizedTest
    @MethodSource("hits")
    void thatEntryAllowsIt(Hit hit) {
        assertThatCode(() -> assertThat(admit(hit, "pg_catalog." + hit.name())).isTrue())
                .doesNotThrowAnyException();
    }

    private static boolean admit(Hit hit, String... allowed) {
        return new FunctionPolicy(AccessMode.READ_ONLY, List.of(allowed))
                .checkUninterruptible(SqlStatement.of(hit.sql()), NO_VALUES);
    }

    record Hit(String name, String sql) {}
}
