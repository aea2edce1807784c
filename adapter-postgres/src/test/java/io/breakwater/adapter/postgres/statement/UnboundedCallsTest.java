package io.breakwater.adapter.postgres.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnboundedCallsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT position('a' IN repeat(name, 9)) FROM t",
                "SELECT strpos(string_agg(name, ','), $1) FROM t",
                "SELECT trim(name), btrim(name), trim(BOTH 'x' FROM name), trim(FROM name), repeat('#', n) FROM t",
                "SELECT trim(trailing from lpad(name, 9)) FROM t",
                "SELECT translate(name, 'äöü', 'aou'), lpad(name, 9) FROM t",
                "SELECT replace(string_agg(name, ','), ',', x) FROM t",
                "SELECT split_part(format('%s', a), '-', 2), (string_to_array(b, ','))[1] FROM t",
                "SELECT array_agg(id) FROM t WHERE tags && ARRAY['x', 'y'] AND '{z}'::text[] <@ tags AND tags @> '{a}'",
                "SELECT array_agg(id) FROM t WHERE tags && (ARRAY['x']::text[]) OR tags @> ANY ($1)",
                "SELECT array_agg(id) FROM t WHERE a LIKE 'x%' AND b NOT ILIKE '%' || $1 || '%' OR c LIKE ANY (ARRAY['a%'])",
                "SELECT string_agg(a, ',') FROM t WHERE b LIKE lower('X%') AND c ~~ 'y' AND d LIKE ('z%') ESCAPE '!'",
                "WITH RECURSIVE path (id, path) AS (SELECT id, name AS path FROM t) SELECT * FROM path",
                "WITH RECURSIVE p (id, path) AS (SELECT 1, ARRAY[1] UNION ALL SELECT c.id, path || c.id FROM c, p) SELECT 1 FROM p",
                "SELECT replace(a, 'b', c), '<a/>'::xml, CAST('<a/>' AS xml), '[(1,2)]'::path, normalized FROM t",
                "SELECT string_agg(ts_headline('english', body, to_tsquery('english', 'a & b'), 'MaxWords=5'), ' ') FROM t",
                "SELECT ts_rank(v, q), lpad(name, 9) FROM t, to_tsquery('english', 'a & b') q WHERE v @@ to_tsquery('a')",
                "SELECT a.tags && b.tags, position(a.x IN b.y), a.p LIKE b.p || '%', replace(a.x, a.y, '') FROM a, b",
                "SELECT sum(a) - sum(b), jsonb_agg(c) FROM t",
            })
    void shortConstantsAndPlainColumnsBoundTheWork(String sql) {
        assertThat(OneStatement.of(sql).unbounded().given(0, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '"', textBlock = """
            SELECT translate(repeat('a', 300000), repeat('b', 300000), '') → translate
            SELECT pg_catalog."translate"(repeat('a', 9), x, '') FROM t → translate
            SELECT strpos(repeat('a', 9), 'b' || repeat('a', 9)) → strpos
            SELECT position(a IN b) FROM (SELECT rpad('a', n) a, b FROM t) x → position
            SELECT trim(BOTH a FROM repeat('b', 9)) FROM t → btrim
            SELECT trim(repeat('b', 9), a) FROM t → btrim
            SELECT ltrim(a, repeat('b', 9)) FROM t → ltrim
            SELECT replace(repeat('a', 9), a, 'c') FROM t → replace
            SELECT repeat('a', 9) LIKE '%' || repeat('a', 9) || 'b' → ~~
            SELECT repeat('a', 9) LIKE ('%' || b) FROM t → ~~
            SELECT repeat('a', 9) ILIKE b FROM t → ~~*
            SELECT pg_catalog.like(repeat('a', 9), b) FROM t → like
            SELECT array_agg(a) && array_agg(b) FROM t → &&
            SELECT '{1}' || array_agg(a) && array_agg(b) FROM t → &&
            SELECT ARRAY(SELECT 1) @> a FROM t → @>
            SELECT a && '{1}' + b, array_fill(1, $1) FROM t → &&
            SELECT string_agg(a, ',')::xml FROM t → xml_in
            SELECT CAST(repeat('a', 9) AS pg_catalog.path) FROM t → path_in
            SELECT normalize(repeat('a', 9)) → normalize
            SELECT repeat('a', 9) IS NFC NORMALIZED → is_normalized
            SELECT strpos(a, b) FROM (SELECT '1e100000'::numeric::text || '' a, x::char(100000) b FROM t) x → strpos
            """)
    void valuesThatCanBeLongAreFound(String sql, String name) {
        assertThat(OneStatement.of(sql).unbounded().given(0, 0)).contains(name);
    }

    @Test
    void aParameterIsAConstantAsLongAsItsValueIsShort() {
        var calls =
                OneStatement.of("SELECT position($1 IN repeat(a, 9)) FROM t").unbounded();

        assertThat(calls.given(250, 250)).isEmpty();
        assertThat(calls.given(251, 251)).containsExactly("position");
    }

    @Test
    void longParametersMakeAnyStatementOneOfLongValues() {
        var calls = OneStatement.of("SELECT position($1 IN $2)").unbounded();

        assertThat(calls.given(5_000, 10_000)).isEmpty();
        assertThat(calls.given(5_001, 10_001)).containsExactly("position");
    }

    @Test
    void aLongTextIsALongValueByItself() {
        var sql = "SELECT position('b%s' IN '%s')".formatted("a".repeat(5_000), "a".repeat(5_000));

        assertThat(OneStatement.of(sql).unbounded().given(0, 0)).containsExactly("position");
    }

    @Test
    void deepNestsAreReadInOnePass() {
        var sql = "SELECT " + "strpos(".repeat(50_000) + "a" + ", b)".repeat(50_000) + " FROM t";

        assertThat(OneStatement.of(sql).unbounded().given(0, 0)).isEqualTo(Set.of("strpos"));
    }
}
