package io.breakwater.bootstrap.bench;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.port.Principal;
import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.server.StandardAuthentication;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ConcurrencySettings;
import io.breakwater.server.settings.RateLimitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * A server whose tool {@code hold} can run a fixed number of calls at once: {@code OverloadServer PORT FOLDER}. A call
 * holds one of 32 permits for 20 ms; the server knows nothing of these permits. It writes the API keys of ten callers
 * into the folder.
 */
public final class OverloadServer {
    private static final int PERMITS = 32;
    private static final long HOLD = Duration.ofMillis(20).toNanos();
    private static final int CALLERS = 10;

    /** Above every load, so that only the concurrency limits refuse calls. */
    private static final RateLimitSettings RATE_LIMITS = RateLimitSettings.STANDARD
            .withPrincipalTool(RateLimit.perSecond(1_000_000))
            .withPrincipal(RateLimit.perSecond(1_000_000));

    private OverloadServer() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) throws IOException {
        var keys = new ArrayList<ApiKey>();
        for (int i = 0; i < CALLERS; i++) {
            var secret = ApiKeyFormat.generate().reveal();
            Files.writeString(Path.of(arguments[1], "overload.key-" + i), secret);
            keys.add(ApiKey.of(secret, Principal.of("api-key", "caller-" + i).asClient()));
        }
        EchoServer.builder()
                .authentication(StandardAuthentication.of(ApiKeys.of(List.copyOf(keys))))
                .concurrency(ConcurrencySettings.STANDARD)
                .rateLimits(RATE_LIMITS)
                .tool(hold())
                .build()
                .serve(HttpTransport.on("127.0.0.1", Integer.parseInt(arguments[0])));
    }

    private static Tool hold() {
        var permits = new Semaphore(PERMITS, true);
        return Tool.named("hold").description("Holds one of the permits.").handler((arguments, call) -> {
            permits.acquire();
            try {
                hold(System.nanoTime() + HOLD);
            } finally {
                permits.release();
            }
            return ToolResult.text("held");
        });
    }

    private static void hold(long until) {
        for (long left = HOLD; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
