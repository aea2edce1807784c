package io.breakwater.adapter.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
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
                "SELECT replace(a, 'b', c), '<a/>'::xml, CAST('<a/>' AS xml), normalized FROM t",
                "SELECT string_agg(ts_headline('english', body, to_tsquery('english', 'a & b'), 'MaxWords=5'), ' ') FROM t",
                "SELECT ts_rank(v, q), lpad(name, 9) FROM t, to_tsquery('english', 'a & b') q WHERE v @@ to_tsquery('a')",
                "SELECT a.tags && b.tags, position(a.x IN b.y), a.p LIKE b.p || '%', replace(a.x, a.y, '') FROM a, b",
                "SELECT sum(a) - sum(b), jsonb_agg(c) FROM t",
                "SELECT string_agg(a, ',') FROM t WHERE b LIKE '%' || upper('a') || '%' OR b LIKE '%' || lower($1) || '%'",
                "SELECT string_agg(a, ',') FROM t WHERE b LIKE concat('%', $1, '%') OR tags @> string_to_array('a,b1', ',')",
                "SELECT a.x LIKE b.y || concat('a', 'b'), trim('x' FROM a.y) FROM a, b",
                "SELECT jsonb_agg(b) FROM t WHERE d @> jsonb_build_object('a', 1)",
                "SELECT jsonb_agg(d) FROM t WHERE d @? '$.lines[*] ? (@.n > 1)' AND d @@ '$.** == 1' AND v @@ to_tsquery($1)",
                "SELECT jsonb_path_query_array(d, '$.a[0 to 2,4].b'), JSON_VALUE(d, '$.x' PASSING $1 AS y) FROM t",
                "SELECT jsonb_path_exists(d, '$.a ? (@ > $x)', $1), v @@ $2::tsquery FROM t",
                "SELECT jsonb_path_query(d, '$.a.* ? (@.b == $.c)') FROM t WHERE note LIKE 'a,b,c,d,e,f'",
                "SELECT j.p FROM t, JSON_TABLE(d, '$.a[*]' COLUMNS (path text PATH '$.p', n int PATH '$.n', p text)) j",
                "SELECT d @? '$.b'::jsonpath, d @? CAST('$.b' AS jsonpath) FROM t WHERE id = $1",
                "WITH path (id) AS (SELECT 1), x AS (SELECT b, a path FROM t) SELECT path, p.path FROM path p, f() path(x)",
                "SELECT ARRAY[a, b, c, d, e, f], ARRAY[g, h], ARRAY['x'] FROM t WHERE a.x && b.x",
                "SELECT word_similarity($1, name), name %> 'x', string_agg(a, ',') FROM t",
            })
    void shortConstantsAndPlainColumnsBoundTheWork(String sql) {
        assertThat(SqlStatement.of(sql).unbounded().whenLengthsAre(0, 0)).isEmpty();
        assertThat(SqlStatement.of(sql).unbounded().always()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '"', textBlock = """
            SELECT jsonb_path_match('{"a":1}', '$.a[0,0][0,0][0,0] == $.a[0,0][0,0]') → jsonpath
            SELECT d @@ '$.**.**.** == 1' FROM t → jsonpath
            SELECT d @@ '$.a[0,0,0,0,0,0] == 1' FROM t → jsonpath
            SELECT t.p FROM json_to_record('{}') AS t(p _path) → path
            SELECT x % x / x * x * x * x * x * x * x * x FROM (SELECT '1e131000'::numeric x) t → *
            SELECT d @? $$ $.** ? (@ == $.a.keyvalue().keyvalue()) $$ FROM t → jsonpath
            SELECT d @? '$.a.k\\u0065yvalue()' FROM t → jsonpath
            SELECT d @? E'$.a\\x5b0,0]\\x5b0,0]' FROM t → jsonpath
            SELECT JSON_QUERY(d, '$[0,0,0,0,0,0]') FROM t → jsonpath
            SELECT * FROM JSON_TABLE('{}', '$' COLUMNS (x int PATH '$[0,0,0,0,0,0]')) → jsonpath
            SELECT d @@ CASE WHEN true THEN '$[0,0,0,0,0,0]' ELSE '$'::jsonpath END FROM t → jsonpath
            SELECT d @@ CASE WHEN true THEN $1 ELSE '$'::jsonpath END FROM t → jsonpath
            SELECT jsonb_path_query(d, $1), d @? ($1) FROM t → jsonpath
            SELECT jsonb_path_query(path => $1, target => d) FROM t → jsonpath
            SELECT jsonb_path_query(d, $1::jsonpath) FROM t → jsonpath
            SELECT jsonb_path_query(d, (a || b)::pg_catalog.jsonpath) FROM t → jsonpath
            SELECT d @? (a.b).jsonpath FROM t → jsonpath
            SELECT '((0,0),(1,1))'::path + p FROM t → path
            SELECT a::pg_catalog._path, path '(0,0)' FROM t → path
            SELECT path_in('(0,0)') → path
            SELECT jsonpath_in('$') → jsonpath
            SELECT path(a), CAST(b AS path[]) FROM t → path
            SELECT (a).polygon FROM t → polygon
            SELECT * FROM json_to_record(j) AS t(a int, p polygon[]) → polygon
            SELECT JSON_VALUE(j, '$' RETURNING path) FROM t → path
            SELECT x*x*x*x*x*x*x*x*x*x FROM (SELECT 1e100000 x) t → *
            """)
    void whatTakesLongForShortValuesIsFound(String sql, String name) {
        assertThat(SqlStatement.of(sql).unbounded().always()).contains(name);
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
            SELECT CAST(repeat('a', 9) AS pg_catalog.xml) FROM t → xml_in
            SELECT repeat('a', 9)::_xml FROM t → xml_in
            SELECT * FROM json_to_record(repeat('a', 9)::json) AS t(p xml) → xml_in
            SELECT (repeat('a|', 9) || 'a')::tsquery → tsqueryin
            SELECT repeat('23 ', 9)::oidvector → oidvectorin
            SELECT (repeat('a', 9)).normalize → normalize
            SELECT s.is_normalized FROM repeat('a', 9) s → is_normalized
            SELECT strpos((1e131000::numeric)::text, a) FROM t → strpos
            SELECT strpos(a, '1e131000'::numeric::text) FROM t → strpos
            SELECT jsonb_path_query_array(a, '$.b') @> c FROM t → @>
            SELECT JSON_QUERY(a, '$.b' WITH WRAPPER) @> c FROM t → @>
            SELECT jsonb_agg(a) @@ '$[*].a == $[*].b' FROM t → jsonpath
            WITH a AS (SELECT ARRAY[x,x,x,x,x,x,x,x,x,x,x] x FROM t), b AS (SELECT ARRAY[x,x,x,x,x,x,x,x,x,x,x] x FROM a), c AS (SELECT ARRAY[x,x,x,x,x,x,x,x,x,x,x] x FROM b) SELECT x && y FROM c → &&
            SELECT word_similarity(repeat('a', 9), b) FROM t → word_similarity
            SELECT repeat('a', 9) <<% b FROM t → <<%
            SELECT a <->>> b FROM (SELECT string_agg(a, '') a FROM t) t → <->>>
            SELECT strpos(byteacat(a, a), b) FROM t → strpos
            SELECT path_distance(a, b) FROM (SELECT array_agg(1)) t → path_distance
            SELECT normalize(repeat('a', 9)) → normalize
            SELECT repeat('a', 9) IS NFC NORMALIZED → is_normalized
            SELECT strpos(a, b) FROM (SELECT '1e100000'::numeric::text || '' a, x::char(100000) b FROM t) x → strpos
            """)
    void valuesThatCanBeLongAreFound(String sql, String name) {
        assertThat(SqlStatement.of(sql).unbounded().whenLengthsAre(0, 0)).contains(name);
    }

    @Test
    void aParameterIsAConstantAsLongAsItsValueIsShort() {
        var calls =
                SqlStatement.of("SELECT position($1 IN repeat(a, 9)) FROM t").unbounded();

        assertThat(calls.whenLengthsAre(250, 250)).isEmpty();
        assertThat(calls.whenLengthsAre(251, 251)).containsExactly("position");
    }

    @Test
    void longParametersMakeAnyStatementOneOfLongValues() {
        var calls = SqlStatement.of("SELECT position($1 IN $2)").unbounded();

        assertThat(calls.whenLengthsAre(5_000, 10_000)).isEmpty();
        assertThat(calls.whenLengthsAre(5_001, 10_001)).containsExactly("position");
    }

    @Test
    void aLongTextIsALongValueByItself() {
        var sql = "SELECT position('b%s' IN '%s')".formatted("a".repeat(5_000), "a".repeat(5_000));

        assertThat(SqlStatement.of(sql).unbounded().whenLengthsAre(0, 0)).containsExactly("position");
    }

    @Test
    void deepNestsAreReadInOnePass() {
        var sql = "SELECT " + "strpos(".repeat(50_000) + "a" + ", b)".repeat(50_000) + " FROM t";

        assertThat(SqlStatement.of(sql).unbounded().whenLengthsAre(0, 0)).isEqualTo(Set.of("strpos"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.",
                "jsonpath.",
                "'a'||",
                "lower(",
                "concat('a',",
                "ARRAY[",
                "ARRAY[a,",
                "(",
                "$1",
                "a::",
                "a::path.",
                "jsonb_path_query(a,",
                "@@(",
                "a LIKE ",
                "x*",
                "trim(a FROM ",
                "replace('a',",
                ")",
                "(a xml,",
                "CAST(a AS ",
            })
    void eachPartOfAStatementIsReadASmallNumberOfTimes(String part) {
        long once = reads(part, 2_000);
        long twice = reads(part, 4_000);

        assertThat(twice).isLessThan(once * 5 / 2);
    }

    private static long reads(String part, int times) {
        var sql = "SELECT a::jsonpath, " + part.concat(" ").repeat(times);
        var tokens = new Counted(Lexer.tokens(sql));
        assertThat(UnboundedCallFinder.callsIn(sql, tokens)).isNotNull();
        return tokens.reads;
    }

    /** A list that counts how often an element is read. */
    private static final class Counted extends AbstractList<Token> {
        private final List<Token> tokens;
        private long reads;

        Counted(List<Token> tokens) {
            this.tokens = List.copyOf(tokens);
        }

        @Override
        public Token get(int index) {
            reads++;
            return tokens.get(index);
        }

        @Override
        public int size() {
            return tokens.size();
        }
    }
}
