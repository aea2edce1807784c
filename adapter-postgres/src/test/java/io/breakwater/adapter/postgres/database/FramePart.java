package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of what is sent for a statement: a closed list, written down here and nowhere taken from the code that
 * sends them. Each has a letter, so that a message is a word and what messages may be is a regular expression.
 */
enum FramePart {
    BEGIN('B', "\\QBEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY\\E"),
    LIMIT('L', "\\QSELECT pg_catalog.set_config('statement_timeout', $1, true)\\E"),
    MOVE('M', "MOVE FORWARD \\d+ IN breakwater"),
    FETCH('F', "FETCH FORWARD \\d+ FROM breakwater"),
    CLOSE('C', "\\QCLOSE breakwater\\E"),
    ROLLBACK('R', "ROLLBACK"),
    PROOF(
            'P',
            "\\QSELECT pg_catalog.pg_advisory_unlock_all(),\\E\\s+\\Qpg_catalog.concat_ws('/', current_user, session_user),\\E\\s+"
                    + "pg_catalog\\.concat_ws\\('/'(, pg_catalog\\.current_setting\\('[A-Za-z_]+'\\))+\\),\\s+"
                    + "\\Qcoalesce((SELECT pg_catalog.string_agg(pg_catalog.concat_ws(':', name, statement), ';')\\E\\s+"
                    + "\\QFROM pg_catalog.pg_prepared_statement()), ''),\\E\\s+"
                    + "\\QEXISTS (SELECT FROM pg_catalog.pg_cursor() WHERE name OPERATOR(pg_catalog.<>) ''),\\E\\s+"
                    + "\\QEXISTS (SELECT FROM pg_catalog.pg_listening_channels())\\E\\s+");

    /** The letter of a statement of the caller's behind what declares it. */
    static final char DECLARED = 'D';

    /** The letter of a statement of the caller's behind what has it explained. */
    static final char EXPLAINED = 'X';

    /** The letter of a question of our own, about names or types. */
    static final char OWN = 'K';

    /**
     * A message, up to its Sync: questions of our own, what prepares the frame, or statements in it. What fails is
     * followed by another one that undoes it.
     */
    static final Pattern MESSAGE = Pattern.compile("K+|BKFRP|B?L?(C?L?(DM?F|D|X|F))?(RP)?");

    private static final String DECLARE = "DECLARE breakwater NO SCROLL CURSOR FOR ";
    private static final Pattern EXPLAIN = Pattern.compile(
            "EXPLAIN (\\(((verbose|costs|settings|summary|generic_plan|buffers|memory|timing|wal|format|analyze)"
                    + " (true|false|on|off|0|1|text|xml|json|yaml)(, )?)+\\) |\\(FORMAT JSON\\) )?");
    private static final Pattern SHOW =
            Pattern.compile("SELECT pg_catalog\\.current_setting\\('([a-z_.0-9]+)'\\) AS \"\\1\"");

    private final char letter;
    private final Pattern text;

    FramePart(char letter, String text) {
        this.letter = letter;
        this.text = Pattern.compile(text);
    }

    char letter() {
        return letter;
    }

    /** The part that this is. */
    static Optional<FramePart> of(String sql) {
        return Stream.of(values())
                .filter(part -> part.text.matcher(sql).matches())
                .findFirst();
    }

    /**
     * Whether this is one of those statements, byte for byte, in a frame.
     *
     * @return the letter of what it is, or 0
     */
    static char letterOf(String sql, List<String> statements) {
        var explain = EXPLAIN.matcher(sql);
        boolean explains = explain.lookingAt();
        var rest = explains ? sql.substring(explain.end()) : sql;
        boolean declares = rest.startsWith(DECLARE);
        var statement = declares ? rest.substring(DECLARE.length()) : rest;
        if ((!explains && !declares) || !isOneOf(statement, statements)) {
            return 0;
        }
        return explains ? EXPLAINED : DECLARED;
    }

    private static boolean isOneOf(String statement, List<String> statements) {
        return SHOW.matcher(statement).matches()
                || statements.stream().anyMatch(one -> Arrays.equals(one.getBytes(UTF_8), statement.getBytes(UTF_8)));
    }
}
