package io.breakwater.bootstrap.endtoend;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.redis.RedisServices;
import io.breakwater.adapter.redis.RedisSettings;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.Tool;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A replica that believes whatever name its callers give in a header field: {@code NumberServer REDIS-URL}. Its tools
 * draw a number that is kept: for each caller apart, and for all.
 */
public final class NumberServer {
    /** The header field with the caller's name. */
    static final String CALLER = "X-Caller";

    private NumberServer() {}

    record Topic(String topic) {}

    record Drawn(long number) {}

    /** Serves on a free port, tells where on standard output, and ends with standard input. */
    public static void main(String[] arguments) throws Exception {
        var redis = RedisServices.open(RedisSettings.single(arguments[0]));
        var transport = HttpTransport.on("127.0.0.1", 0);
        try (var server = Breakwater.named("numbers")
                .authenticator(Authenticator.of((fields, peer) ->
                        new Authenticated(Principal.of(Objects.requireNonNull(fields.first(CALLER))))))
                .cache(redis.cacheStore())
                .eventBus(redis.eventBus())
                .leases(redis.leases())
                .onClose(redis)
                .tool(draws("own_number").cacheFor(Duration.ofMinutes(5)).handler((topic, call) -> draw()))
                .tool(draws("shared_number").cacheForAll(Duration.ofMinutes(5)).handler((topic, call) -> draw()))
                .build()) {
            server.serve(transport);
            System.out.println(transport.address());
            System.in.readAllBytes();
        }
    }

    private static Tool.Builder<Topic, Drawn> draws(String name) {
        return Tool.named(name)
                .description("Draws a number.")
                .input(Topic.class)
                .output(Drawn.class)
                .readOnly();
    }

    private static Drawn draw() {
        return new Drawn(ThreadLocalRandom.current().nextLong(1L << 53));
    }
}
