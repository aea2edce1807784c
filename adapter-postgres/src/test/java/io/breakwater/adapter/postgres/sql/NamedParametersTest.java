package io.breakwater.adapter.postgres.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.driven.NamedStatement;
import io.breakwater.port.driven.NamedStatement.Effect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NamedParametersTest {
    private static final int TEXTS = 20_000;

    /** What can open, close or continue a token, and what looks like a parameter. */
    private static final List<String> PIECES = List.of(
            "'",
            "''",
            "\"",
            "$$",
            "$a$",
            "E'",
            "\\'",
            "U&'",
            "U&\"",
            "B'1'",
            "N'",
            "/*",
            "*/",
            "--",
            "\n",
            " ",
            " ",
            " ",
            ":",
            ":",
            ":a",
            ":b",
            ":a",
            " :c ",
            "::",
            ":=",
            "=>",
            "=",
            "-",
            "@",
            "a",
            "SELECT",
            "ARRAY",
            "LIMIT",
            "json_object",
            "1",
            "1.",
            ".5",
            "[",
            "]",
            "(",
            ")",
            ",",
            ".",
            "é",
            "\uD835\uDD18",
            "$1",
            ";");

    /** One entry of the corpus. */
    record Example(String source, String result) {
        @Override
        public String toString() {
            return source;
        }
    }

    static List<Example> corpus() throws IOException {
        var examples = new ArrayList<Example>();
        try (var in = requireNonNull(NamedParametersTest.class.getResourceAsStream("named-parameters.txt"))) {
            var lines = new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.replace('⏎', '\n'))
                    .toList();
            for (int i = 0; i + 1 < lines.size(); i += 2) {
                examples.add(new Example(lines.get(i), lines.get(i + 1)));
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void replacesNamesOutsideConstantsOnly(Example example) {
        var result = example.result();
        if (result.startsWith("! ")) {
            var refused = catchThrowableOfType(RefusedException.class, () -> parse(example.source()));
            assertThat(refused).hasMessage(result.substring(2));
            assertThat(result).endsWith("(position " + refused.position() + ").");
        } else {
            var expected = result.startsWith("=> ") ? result.substring(3) : example.source();
            assertThat(parse(example.source()).sql()).isEqualTo(expected);
        }
    }

    @Test
    void theCorpusIsLarge() throws IOException {
        assertThat(corpus()).hasSizeGreaterThan(130);
    }

    @Test
    void namesHaveTheOrderOfTheirNumbers() {
        var named = parse("SELECT :b, :a, :b, ':c', :A");

        assertThat(named.names()).containsExactly("b", "a", "A");
        assertThat(named.references())
                .extracting(NamedStatement.Reference::start)
                .containsExactly(7, 11, 15, 25);
    }

    @RepeatedTest(5)
    void changesNothingButTheNames() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        int withNames = 0;
        for (int i = 0; i < TEXTS; i++) {
            var text = "SELECT " + text(random);
            NamedStatement named;
            try {
                named = parse(text);
            } catch (RefusedException unreadable) {
                continue;
            }
            if (named.names().isEmpty()) {
                assertThat(named.sql()).as("seed %s", seed).isEqualTo(text);
            } else {
                withNames++;
                assertThat(texts(named.sql())).as("seed %s: %s", seed, text).isEqualTo(expected(named));
            }
        }
        assertThat(withNames).isGreaterThan(TEXTS / 100);
    }

    private static String text(Random random) {
        return IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                .collect(Collectors.joining());
    }

    /** The tokens of the source, with numbers in place of the colons and names. */
    private static List<String> expected(NamedStatement named) {
        var texts = new ArrayList<String>();
        var tokens = Lexer.tokens(named.source());
        int reference = 0;
        for (int i = 0; i < tokens.size(); i++) {
            var references = named.references();
            if (reference < references.size()
                    && references.get(reference).start() == tokens.get(i).start()) {
                texts.add(
                        "$" + (named.names().indexOf(references.get(reference++).name()) + 1));
                i++;
            } else {
                texts.add(named.source()
                        .substring(tokens.get(i).start(), tokens.get(i).end()));
            }
        }
        return texts;
    }

    private static List<String> texts(String sql) {
        return Lexer.tokens(sql).stream()
                .map(token -> sql.substring(token.start(), token.end()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT :a | READS",
                "((VALUES (:a))) | READS",
                "WITH x AS (SELECT :a) SELECT * FROM x | READS",
                "SHOW work_mem | READS",
                "EXPLAIN DELETE FROM t WHERE id = :a | READS",
                "EXPLAIN ANALYZE SELECT :a | READS",
                "EXPLAIN ANALYZE DELETE FROM t WHERE id = :a | CHANGES",
                "INSERT INTO t VALUES (:a) | CHANGES",
                "WITH x AS (SELECT :a) UPDATE t SET b = 1 | CHANGES",
                "WITH x AS (DELETE FROM t WHERE id = :a RETURNING 1) SELECT 1 | CHANGES",
                "CALL p(:a) | CHANGES",
                "TRUNCATE t | CHANGES",
            })
    void tellsWhetherAStatementReads(String sql, Effect effect) {
        assertThat(parse(sql).effect()).isEqualTo(effect);
    }

    @Test
    void acceptsManyParametersButNotMoreThanTheProtocol() {
        assertThat(parse(parameters(65_535)).names()).hasSize(65_535);
        assertThat(catchThrowableOfType(RefusedException.class, () -> parse(parameters(65_536))))
                .hasMessageStartingWith("A statement can have at most 65535 parameters");
    }

    private static String parameters(int count) {
        return IntStream.range(0, count).mapToObj(i -> ":p" + i).collect(Collectors.joining(", ", "SELECT ", ""));
    }

    private static NamedStatement parse(String text) {
        return NamedSqlStatement.of(text).toNamed();
    }
}
