package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Principal;
import io.breakwater.port.RateLimit;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.RateLimitSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Servers with rate limits and the tools {@code echo} and {@code other}; time passes when a test says so. */
final class LimitedServers implements AutoCloseable {
    /** The address of a caller. */
    static final String HOME = "192.0.2.1";

    /** Two calls at once. */
    static final RateLimit TWO = perSecond(2);

    final TimedExecutors executors = new TimedExecutors();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** The execution modes in which {@code echo} ran. */
    final List<ExecutionMode> modes = new CopyOnWriteArrayList<>();

    private final List<Breakwater> servers = new ArrayList<>();

    /** One call in a second, and several at once. */
    static RateLimit perSecond(int burst) {
        return new RateLimit(60, Duration.ofMinutes(1), burst);
    }

    static RateLimitSettings unlimited() {
        return RateLimitSettings.OFF.withKeys(1_000);
    }

    static RateLimitSettings perTool(RateLimit limit) {
        return unlimited().withPrincipalTool(limit);
    }

    BreakwaterBuilder builder(RateLimitSettings settings) {
        return Breakwater.named("t")
                .executors(executors)
                .meterRegistry(meters)
                .rateLimits(settings)
                .authenticator(Authenticator.of(
                        (fields, peer) -> new Authenticated(principal(fields.first("user"), fields.first("tenant")))))
                .tool(SampleTools.draft("echo")
                        .executionMode(ExecutionMode.INLINE)
                        .handler((arguments, call) -> {
                            modes.add(call.executionMode());
                            return ToolResult.text("done");
                        }))
                .tool(SampleTools.saying("other", call -> "done"));
    }

    private static Principal principal(@Nullable String user, @Nullable String tenant) {
        var principal = user == null ? Principal.ANONYMOUS : Principal.of(user);
        return tenant == null ? principal : principal.withTenant(tenant);
    }

    Breakwater start(BreakwaterBuilder builder) {
        var server = builder.build();
        servers.add(server);
        return server;
    }

    Breakwater start(RateLimitSettings settings) {
        return start(builder(settings));
    }

    static boolean isLimited(RecordedReply reply) {
        return reply.awaitEnd().status() instanceof ReplyStatus.TooMany;
    }

    /** Calls {@code echo}, and returns how many of the calls were admitted. */
    static int admitted(ModernRequests caller, int calls) {
        return (int) IntStream.range(0, calls)
                .filter(i -> !isLimited(caller.call("echo")))
                .count();
    }

    @Override
    public void close() {
        servers.forEach(Breakwater::close);
        executors.close();
    }
}
