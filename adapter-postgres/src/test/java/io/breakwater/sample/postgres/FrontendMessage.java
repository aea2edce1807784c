package io.breakwater.sample.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A message from a client to a server, in PostgreSQL's protocol 3.
 *
 * @param type its letter; {@link #START_UP} for those that come before the server has accepted the client
 * @param body what follows its length
 */
public record FrontendMessage(char type, byte[] body) {
    /** The type of the messages that have none. */
    public static final char START_UP = '\0';

    /** The statement that a Parse or a Close names, or the portal that a Bind or an Execute names. */
    public String name() {
        return new String(field(0), UTF_8);
    }

    /** The prepared statement that a Bind uses. */
    public String statement() {
        return new String(field(1), UTF_8);
    }

    /** The SQL of a Parse or of a simple Query, byte for byte. */
    public byte[] sql() {
        return field(type == 'P' ? 1 : 0);
    }

    private byte[] field(int index) {
        int from = type == 'C' ? 1 : 0; // behind the letter that says what is closed
        for (int i = 0; i < index; i++) {
            from = end(from) + 1;
        }
        return Arrays.copyOfRange(body, from, end(from));
    }

    private int end(int from) {
        int end = from;
        while (body[end] != 0) {
            end++;
        }
        return end;
    }
}
