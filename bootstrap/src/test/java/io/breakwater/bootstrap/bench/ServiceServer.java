package io.breakwater.bootstrap.bench;

import java.util.List;

/**
 * The shipped server as it is configured, with a {@link BareRequest} beside its own tools:
 * {@code ServiceServer PORT SETTING=VALUE...}, where the port is that of the service on the loopback address.
 */
public final class ServiceServer {
    private ServiceServer() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) {
        var words = List.of(arguments);
        var bare = new BareRequest("127.0.0.1", Integer.parseInt(words.getFirst()));
        ShippedServer.serve(words.subList(1, words.size()), List.of(bare.tool()));
    }
}
