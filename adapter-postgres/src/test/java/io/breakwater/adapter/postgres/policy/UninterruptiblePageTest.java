package io.breakwater.adapter.postgres.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the harness could not end, as docs/database.md has it, is refused when it is called with long values. */
class UninterruptiblePageTest {
    private static final Path PAGE = Path.of("../docs/database.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)(?:\\(([^`]*)\\)| \\(\\w+\\))?` \\|");

    /**
     * Long values of these types are refused where they are made: {@code path_in}, {@code polygon}, {@code tsqueryin}.
     */
    private static final Set<String> BY_THEIR_TYPES =
            Set.of("path_distance", "path_inter", "poly_distance", "poly_overlap", "ts_rank", "ts_rank_cd");

    /** The rows of what is no function, with a call of each. */
    private static final Map<String, String> SYNTAX = Map.of(
            "xml",
            "CAST(c0 AS xml)",
            "xmltable",
            "(SELECT a FROM XMLTABLE(c0 PASSING c1 COLUMNS a text))",
            "xmlexists",
            "XMLEXISTS(c0 PASSING c1)",
            "is_normalized",
            "c0 IS NORMALIZED");

    static List<MatchResult> rows() throws IOException {
        return ROW.matcher(table())
                .results()
                .filter(row -> !BY_THEIR_TYPES.contains(row.group(1)))
                .toList();
    }

    private static String table() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf("<!-- uninterruptible");
        return page.substring(begin, page.indexOf("<!-- end -->", begin));
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refusesEach(MatchResult row) {
        var sql = "SELECT " + SYNTAX.getOrDefault(row.group(1), call(row)) + " FROM t, repeat('a', 9)";

        assertThatExceptionOfType(PortException.RefusedException.class)
                .as(sql)
                .isThrownBy(() -> new FunctionPolicy(AccessMode.READ_ONLY, List.of())
                        .checkUninterruptible(SqlStatement.of(sql), new LongSummaryStatistics()));
    }

    /** What has no types in the page takes one or two. */
    private static String call(MatchResult row) {
        var types = row.group(2) == null ? "text, text" : row.group(2);
        return "pg_catalog." + row.group(1) + "(" + columns(types) + ")";
    }

    /** A row that is not matched would not be tried. */
    @Test
    void eachRowOfTheTableIsMatched() throws IOException {
        var rows = table().lines().filter(line -> line.startsWith("| `")).toList();

        assertThat(rows).allMatch(row -> ROW.matcher(row).find());
    }

    private static String columns(String types) {
        return IntStream.range(0, types.split(",", -1).length)
                .mapToObj(i -> "c" + i)
                .collect(Collectors.joining(", "));
    }
}
