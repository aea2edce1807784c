package io.breakwater.adapter.postgres.statement;

import java.sql.SQLException;
import java.util.List;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * The text for pgjdbc, whose parser splits at semicolons and takes question marks for parameters. It is asked what it
 * would send: one statement, letter for letter what was analysed, or the text is refused. So a checker and a sender that
 * read a text differently cannot disagree on what the server gets.
 */
final class DriverText {
    private DriverText() {}

    static String of(String source, List<Token> tokens, Places places) {
        var sql = new StringBuilder();
        int at = tokens.getFirst().start();
        for (var token : tokens) {
            sql.append(source, at, token.start());
            at = token.end();
            switch (token.kind()) {
                case PARAMETER -> sql.append('?');
                case OPERATOR -> sql.append(source.substring(token.start(), at).replace("?", "??"));
                default -> sql.append(source, token.start(), at);
            }
        }
        requireAgreement(sql.toString(), places.seen());
        return sql.toString();
    }

    private static void requireAgreement(String sql, String seen) {
        var sent = sent(sql);
        if (sent.size() != 1 || !sent.getFirst().nativeSql.equals(seen)) {
            throw Misread.invalid("The statement cannot be read with certainty: put spaces between names, numbers and"
                    + " constants in dollar quotes, or write those in plain quotes.");
        }
    }

    private static List<NativeQuery> sent(String sql) {
        try {
            return Parser.parseJdbcSql(sql, true, true, true, false, true);
        } catch (SQLException e) {
            return List.of();
        }
    }
}
