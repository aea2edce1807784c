package io.breakwater.bootstrap.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.server.Breakwater;
import io.breakwater.server.settings.RateLimitSettings;
import java.util.concurrent.Executors;
import org.slf4j.LoggerFactory;

/**
 * A server with {@link ShopTools}, as an application embeds it: {@code ShopServer PORT API-PORT REDIS-PORT CONNECTIONS}.
 * The connections are the maximum to the API and to Redis, each. The guard is that of every server, except the rate
 * limits.
 */
public final class ShopServer {
    private ShopServer() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.ERROR);
        int connections = Integer.parseInt(arguments[3]);
        var api = ShopApi.on(Integer.parseInt(arguments[1]), connections);
        var redis = ShopRedis.on(Integer.parseInt(arguments[2]), connections);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var builder = Breakwater.named("shop")
                .version("1.0.0")
                .rateLimits(RateLimitSettings.OFF)
                .onClose(api)
                .onClose(redis)
                .onClose(threads);
        new ShopTools(api, redis, threads).all().forEach(builder::tool);
        builder.build().serve(HttpTransport.on("127.0.0.1", Integer.parseInt(arguments[0])));
    }
}
