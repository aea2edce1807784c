package io.breakwater.adapter.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.PortException;
import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random soups of SQL's hard parts, shown to the lexer and to a real server. When the lexer reads one statement, the
 * server must not read more; and the place where the server stops to understand must be where a token begins.
 */
@Tag("server")
abstract class LexerAgreementTests {
    private static final int SOUPS = 10_000;

    /** What can open, close, continue or cut something else, and second statements to hide. */
    private static final List<String> PIECES = List.of(
            "'",
            "''",
            "\"",
            "$$",
            "$a$",
            "$é$",
            "$",
            "E'",
            "e'\\''",
            "U&'",
            "U&\"",
            "u&\"\\0061\"",
            "UESCAPE '!'",
            "B'1'",
            "x'F",
            "N'",
            "\\",
            "\\'",
            "/*",
            "*/",
            "--",
            "\n",
            "\r",
            "\t",
            "\f",
            " ",
            " ",
            ";",
            "; SELECT 1",
            ";SELECT 2--",
            "; SELECT 3 /*",
            "SELECT",
            "SELECT 1",
            ",",
            ",",
            "1",
            "1.",
            ".5",
            "1e",
            "1e5",
            "0x1F",
            "1_000",
            "1..2",
            "$1",
            "$1$",
            "a",
            "b",
            "a$",
            "é",
            "\u00a0",
            "\u2028",
            "\uD83D\uDE00",
            "+",
            "-",
            "*",
            "/",
            "<",
            ">",
            "=",
            "@",
            "!",
            "?",
            "|",
            "~-",
            "=-",
            "<>",
            "!=",
            "::",
            ":=",
            "..",
            "=>",
            "(",
            ")",
            "[",
            "]",
            "AS",
            "FROM t",
            "'x'",
            "$$x$$",
            "\"q\"",
            "E'x'",
            "/* c */",
            "-- c\n",
            "'a'\n'b'",
            "'a' -- c\n 'b'",
            "E'a'\n'\\''");

    abstract PostgresServer server();

    @RepeatedTest(2)
    void whatWeCallOneStatementTheServerDoesNotCallMore() throws IOException {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        int read = 0;
        try (var raw = new RawServer(server())) {
            for (int i = 0; i < SOUPS; i++) {
                read += agrees(raw, soup(random), seed) ? 1 : 0;
            }
        }
        assertThat(read).as("soups that could be read, seed " + seed).isGreaterThan(SOUPS / 20);
    }

    @Test
    void everyConstantInQuotesEndsWhereTheServerEndsIt() throws IOException {
        try (var raw = new RawServer(server())) {
            for (var text : List.of(
                    "SELECT 'a''b', E'a\\'b', e'\\\\', U&'a''b', B'01', $a$ $b$ $a$, $$'$$ AS \"a\"\"b\", N'a', X'1F'",
                    "SELECT 'a'\n'b', 'a' -- c\n\n'b', 'a' \t\n\f 'b', E'a'\n'\\'', U&'a'\n'b' UESCAPE '!'",
                    "SELECT U&\"d!0061t!+000061\" UESCAPE '!' FROM (SELECT 1 AS data) x",
                    "SELECT 1+-1, 2*-3, 1=-1, 3/*c*/-2, 5 -- c\n, -(-1), @ -1, 1<2, 1>=2, 1!=2, 2^3, 5%3, |/4, ||/8",
                    "SELECT a$b$c FROM (SELECT 1 AS a$b$c) x, (SELECT 2 AS é\u00a0) y",
                    "SELECT (ARRAY[1,2,3])[1:2], 1::int, .5, 1., 1.5e-3, 1e10")) {
                SqlStatement.of(text);
                assertThat(raw.parse(text)).as(text).isEmpty();
            }
        }
    }

    /** Whether the lexer could read it at all. */
    private static boolean agrees(RawServer raw, String soup, long seed) throws IOException {
        List<Token> tokens;
        try {
            tokens = Lexer.tokens(soup);
            SqlStatement.of(soup);
        } catch (PortException.RefusedException refused) {
            return false;
        }
        var error = raw.parse(soup);
        var about = "seed " + seed + ", soup <<" + soup + ">>, server " + error;
        assertThat(error.getOrDefault('M', "")).as(about).doesNotContain("multiple commands");
        if (error.getOrDefault('M', "").startsWith("syntax error at or near")) {
            var starts = tokens.stream()
                    .map(token -> String.valueOf(soup.codePointCount(0, token.start()) + 1))
                    .toList();
            assertThat(starts).as(about).contains(error.get('P'));
        }
        return true;
    }

    private static String soup(Random random) {
        return random.ints(1 + random.nextInt(12), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining(random.nextBoolean() ? "" : " ", "SELECT ", ""));
    }
}
