package io.breakwater.adapter.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT 1;",
                "; SELECT 1 ;; -- the end",
                "/* a /* nested */ comment */ select ';' -- ; \n",
                "VALUES (1), (2)",
                "TABLE orders",
                "((SELECT 1) UNION (SELECT 2)) ORDER BY 1",
                "(VALUES (1))",
                "WITH a AS (SELECT 1), b (x) AS NOT MATERIALIZED (SELECT 2) SELECT * FROM a, b",
                "WITH RECURSIVE t(n) AS (SELECT 1) SEARCH DEPTH FIRST BY n, m SET o CYCLE n SET c USING p (SELECT 1)",
                "with insert as (select 1) select * from insert",
                "SELECT $$;$$, $a$ ; $$ $b$ $a$, E'\\';', U&'\\0041;', B'1', X'1F', N';', \"a;b\"",
            })
    void isAQuery(String text) {
        assertThat(SqlStatement.of(text).verb()).isEqualTo(new StatementVerb.Query(null));
    }

    @Test
    void aChangeInsideAQueryShows() {
        assertThat(SqlStatement.of("WITH gone AS (DELETE FROM t RETURNING 1) SELECT 1")
                        .verb())
                .isEqualTo(new StatementVerb.Query(StatementVerb.Change.DELETE));
    }

    @Test
    void tellsChangesApart() {
        assertThat(verb("/**/INSERT INTO t VALUES (1)")).isEqualTo(StatementVerb.Change.INSERT);
        assertThat(verb("-- x\nDELETE FROM t")).isEqualTo(StatementVerb.Change.DELETE);
        assertThat(verb("WITH a AS (SELECT 1) UPDATE t SET x = 1")).isEqualTo(StatementVerb.Change.UPDATE);
        assertThat(verb("WITH a AS (SELECT 1) MERGE INTO t USING a ON true WHEN MATCHED THEN DELETE"))
                .isEqualTo(StatementVerb.Change.MERGE);
    }

    @Test
    void tellsTheOthersApart() {
        assertThat(verb("COMMIT")).isEqualTo(new StatementVerb.TransactionControl("COMMIT"));
        assertThat(verb("PREPARE TRANSACTION 'x'")).isEqualTo(new StatementVerb.TransactionControl("PREPARE"));
        assertThat(verb("prepare x as select 1")).isEqualTo(new StatementVerb.Other("PREPARE"));
        assertThat(verb("DO $$ BEGIN; END $$")).isEqualTo(new StatementVerb.Other("DO"));
        assertThat(verb("SHOW TIME ZONE")).isEqualTo(new StatementVerb.Show("timezone"));
        assertThat(verb("show Work_Mem")).isEqualTo(new StatementVerb.Show("work_mem"));
        assertThat(verb("SHOW \"App\".\"Tenant\"")).isEqualTo(new StatementVerb.Show("app.tenant"));
    }

    @Test
    void readsWhatIsToBeExplained() {
        var explain = (StatementVerb.Explain)
                verb("EXPLAIN (FORMAT json, ANALYZE off, ANALYZE) SELECT * FROM t WHERE id = $3");
        assertThat(explain.runs()).isTrue();
        assertThat(explain.options()).containsEntry("format", "json");
        assertThat(explain.statement().verb()).isEqualTo(new StatementVerb.Query(null));
        assertThat(explain.statement().sql()).isEqualTo("SELECT * FROM t WHERE id = $3");
        assertThat(((StatementVerb.Explain) verb("EXPLAIN (ANALYZE false) SELECT 1")).runs())
                .isFalse();
        assertThat(((StatementVerb.Explain) verb("EXPLAIN ANALYZE VERBOSE DELETE FROM t")).runs())
                .isTrue();
        assertThat(((StatementVerb.Explain) verb("EXPLAIN (SELECT 1)"))
                        .statement()
                        .verb())
                .isEqualTo(new StatementVerb.Query(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1; SELECT 2", "COMMIT; DELETE FROM t", "SELECT 1;;;DELETE FROM t;", "; a ; b"})
    void refusesASecondStatement(String text) {
        assertThatThrownBy(() -> SqlStatement.of(text))
                .isInstanceOfSatisfying(
                        PortException.RefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(PortException.RefusedException.Reason.INVALID))
                .hasMessageContaining("second one (position ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", ";", "-- only a comment", "/* and */ -- so", ";;/* */;"})
    void refusesNothing(String text) {
        assertThatThrownBy(() -> SqlStatement.of(text)).hasMessageContaining("contains no statement");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'open",
                "SELECT \"open",
                "SELECT $a$ open $A$",
                "SELECT /* open /* */",
                "SELECT E'open\\'",
                "SELECT \"\"",
                "SELECT {fn now()}",
                "SELECT \\",
                "SELECT a\u0000b",
                "SELECT '\uD800'",
                "SELECT 123abc",
                "SELECT $1x",
                "SELECT $0",
                "SELECT $65536",
                "SELECT 1 $$;$$; SELECT $1$$;$$",
                "SELECT U&\"\\zzzz\"",
                "SHOW",
                "EXPLAIN",
                "EXPLAIN EXPLAIN SELECT 1",
                "EXPLAIN (VERBOSE) ((EXPLAIN SELECT 1))",
                "WITH",
                "WITH a",
                "((",
                "SHOW 1",
            })
    void refusesWhatCannotBeRead(String text) {
        assertThatThrownBy(() -> SqlStatement.of(text)).isInstanceOf(PortException.RefusedException.class);
    }

    @Test
    void refusesCommentsThatLieTooDeepInEachOther() {
        assertThat(SqlStatement.of("SELECT " + "/*".repeat(100) + "*/".repeat(100) + "1")
                        .verb())
                .isEqualTo(new StatementVerb.Query(null));
        assertThatThrownBy(() -> SqlStatement.of("SELECT " + "/*".repeat(101) + "*/".repeat(101) + "1"))
                .hasMessageContaining("at most 100 deep");
    }

    @Test
    void keepsTheTextFromTheFirstTokenToTheLast() {
        var one = SqlStatement.of(" -- first\n;SELECT doc ? 'a', '?{fn x()}'  FROM t WHERE id = $2 OR $1 = $2 ; ");
        assertThat(one.sql()).isEqualTo("SELECT doc ? 'a', '?{fn x()}'  FROM t WHERE id = $2 OR $1 = $2");
        assertThat(one.parameters()).isEqualTo(List.of(2, 1, 2));
        assertThat(one.highestParameter()).isEqualTo(2);
    }

    @Test
    void findsTheCallersPosition() {
        var text = "/* \uD83D\uDE00 */ SELECT '\uD83D\uDE00', nowhere /* end */";
        var one = SqlStatement.of(text);
        int sent = one.sql().codePointCount(0, one.sql().indexOf("nowhere")) + 1;
        int caller = text.codePointCount(0, text.indexOf("nowhere")) + 1;
        assertThat(one.positions().toSource(sent)).isEqualTo(caller);
        assertThat(one.positions().word(caller)).isEqualTo("nowhere");
        assertThat(one.positions().toSource(1)).isEqualTo(9);
        assertThat(one.positions().toSource(1_000)).isEqualTo(caller + "nowhere".length());
    }

    @Test
    void knowsWhetherRowsHaveAnOrder() {
        assertThat(SqlStatement.of("SELECT a FROM t ORDER BY a").ordered()).isTrue();
        assertThat(SqlStatement.of("((SELECT a FROM t ORDER BY a))").ordered()).isTrue();
        assertThat(SqlStatement.of("(SELECT 1) UNION (SELECT 2) ORDER BY 1").ordered())
                .isTrue();
        assertThat(SqlStatement.of("(SELECT 1 ORDER BY 1) UNION (SELECT 2 ORDER BY 1)")
                        .ordered())
                .isFalse();
        assertThat(SqlStatement.of("SELECT sum(a) OVER (ORDER BY b) FROM t").ordered())
                .isFalse();
        assertThat(SqlStatement.of("SELECT t.order by FROM t").ordered()).isFalse();
        assertThat(SqlStatement.of("SELECT 'ORDER BY' -- ORDER BY a").ordered()).isFalse();
    }

    @Test
    void findsWhatIsBehindDots() {
        var names =
                SqlStatement.of("SELECT (x).f.g, a.b.c, a.b::t.u, $1.h FROM a").names();
        assertThat(names.fields()).containsExactlyInAnyOrder("f", "g", "h");
        assertThat(names.attributes()).containsExactlyInAnyOrder("b", "c", "u");
        assertThat(names.types()).contains("u", "f", "g", "h").doesNotContain("c");
    }

    /** Quadratic work on it took a minute; no bound of time is needed to notice that. */
    @Test
    void readsAChainOfNamesInOnePass() {
        var names = SqlStatement.of("SELECT a" + ".a".repeat(500_000)).names();
        assertThat(names.attributes()).containsExactly("a");
    }

    @Test
    void findsWhatCouldBeCalled() {
        var names = SqlStatement.of(
                        "SELECT Lower(a), \"Odd\".\"Fn\" (1), U&\"p\\0067_sleep\"(1), (t).f, x::Dom, a <+> b,"
                                + " count(*), U&\"p!0067_cancel\" /* x */ UESCAPE '!' (2), 2*3 FROM lateral pg_ls_dir ('/') WHERE a LIKE 'x'")
                .names();
        assertThat(names.calls()).contains("lower", "Fn", "pg_sleep", "pg_cancel", "pg_ls_dir", "count");
        assertThat(names.fields()).containsExactly("f");
        assertThat(names.attributes()).isEmpty();
        assertThat(names.calls()).doesNotContain("lateral", "a");
        assertThat(names.operators()).contains("<+>", "*", "~~", "=").doesNotContain("~");
        assertThat(names.types()).contains("dom");
        assertThat(names.relations()).contains("t", "Odd", "f");
    }

    private static StatementVerb verb(String text) {
        return SqlStatement.of(text).verb();
    }
}
