package io.breakwater.bootstrap.bench;

import java.util.List;

/**
 * The shipped server as it is configured, with {@link DataTools} beside its own:
 * {@code DataServer URL SETTING=VALUE...}, where the URL is what they use of a PostgreSQL without any guard.
 */
public final class DataServer {
    private DataServer() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) {
        var words = List.of(arguments);
        ShippedServer.serve(words.subList(1, words.size()), new DataTools(new PlainDatabase(words.getFirst())).all());
    }
}
