package io.breakwater.adapter.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * A way to send an attack with no defence but what it says.
 *
 * @param role who logs in
 * @param before what is sent first
 * @param judge whether a text of the attack is sent at all
 * @param sent what is sent for a text
 * @param after what is sent last
 */
record Style(String role, List<String> before, Judge judge, Function<String, List<String>> sent, List<String> after) {
    /** Each text for itself. */
    static final Style LOOSE = new Style("postgres", List.of(), (text, connection) -> true, List::of, List.of());

    /** All texts in a transaction, which is made permanent. */
    static final Style TOGETHER = LOOSE.within(List.of("BEGIN"), List.of("COMMIT"));

    Style as(String login) {
        return new Style(login, before, judge, sent, after);
    }

    Style within(List<String> first, List<String> last) {
        return new Style(role, first, judge, sent, last);
    }

    Style judged(Judge by) {
        return new Style(role, before, by, sent, after);
    }

    Style sending(Function<String, List<String>> instead) {
        return new Style(role, before, judge, instead, after);
    }

    /** All that is sent for a text; nothing when it is refused. */
    List<String> messages(String text, Connection connection) throws SQLException {
        return judge.admits(text, connection) ? sent.apply(text) : List.of();
    }

    /** Decides whether a text is sent. */
    @FunctionalInterface
    interface Judge {
        boolean admits(String text, Connection connection) throws SQLException;
    }
}
