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
record SendingStyle(
        String role, List<String> before, Judge judge, Function<String, List<String>> sent, List<String> after) {
    /** Each text for itself. */
    static final SendingStyle LOOSE =
            new SendingStyle("postgres", List.of(), (text, connection) -> true, List::of, List.of());

    /** All texts in a transaction, which is made permanent. */
    static final SendingStyle TOGETHER = LOOSE.within(List.of("BEGIN"), List.of("COMMIT"));

    SendingStyle as(String login) {
        return new SendingStyle(login, before, judge, sent, after);
    }

    SendingStyle within(List<String> first, List<String> last) {
        return new SendingStyle(role, first, judge, sent, last);
    }

    SendingStyle judged(Judge by) {
        return new SendingStyle(role, before, by, sent, after);
    }

    SendingStyle sending(Function<String, List<String>> instead) {
        return new SendingStyle(role, before, judge, instead, after);
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
