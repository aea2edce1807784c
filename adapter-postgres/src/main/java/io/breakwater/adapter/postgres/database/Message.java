package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.session.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Statements that travel together: the driver sends them in one go and the server answers them in one go, so that they
 * take one round trip. Fails as the first of them that fails; the rest is then not run.
 *
 * @param parts the statements, the last of which answers
 */
record Message(List<String> parts) {

    /** Copies the list. */
    Message {
        parts = List.copyOf(parts);
    }

    static Message of(String... parts) {
        return new Message(List.of(parts));
    }

    /** Sends it, and lets the answer of the last part be read. */
    <T> T send(Session session, Bind bind, Read<T> read) throws SQLException {
        return send(session, bind, parts.size() - 1, read, prepared -> {});
    }

    /**
     * Sends it, and lets the answers of two of its parts be read.
     *
     * @param part which one answers, from 0 on
     * @param last reads the answer of the last part
     */
    <T> T send(Session session, Bind bind, int part, Read<T> read, Look last) throws SQLException {
        session.use();
        try (var prepared = session.connection().prepareStatement(String.join(";", parts))) {
            bind.bind(prepared);
            prepared.execute();
            skip(prepared, part);
            var answer = read.read(prepared);
            skip(prepared, parts.size() - 1 - part);
            last.look(prepared);
            requireEnd(prepared);
            return answer;
        }
    }

    private static void skip(PreparedStatement prepared, int answers) throws SQLException {
        for (int i = 0; i < answers; i++) {
            prepared.getMoreResults();
        }
    }

    /** More answers than parts would mean that the driver saw more statements than we. */
    private static void requireEnd(PreparedStatement prepared) throws SQLException {
        if (prepared.getMoreResults() || prepared.getUpdateCount() >= 0) {
            throw new IllegalStateException("the server answered more statements than were sent");
        }
    }

    /** Sets the values. */
    @FunctionalInterface
    interface Bind {
        void bind(PreparedStatement prepared) throws SQLException;
    }

    /** Reads the answer that is the current one. */
    @FunctionalInterface
    interface Read<T> {
        T read(PreparedStatement prepared) throws SQLException;
    }

    /** Looks at the answer that is the current one. */
    @FunctionalInterface
    interface Look {
        void look(PreparedStatement prepared) throws SQLException;
    }
}
