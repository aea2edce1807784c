package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Loads a server on stdio: {@code StdioLoad WARM MEASURE WINDOW TOOL COMMAND...}. Starts it, shakes hands, calls the
 * tool with {@code WINDOW} calls in flight, and prints one line of figures. {@code WARM} and {@code MEASURE} are a
 * time, such as {@code 10s}, or a number of calls.
 */
public final class StdioLoad {
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"load\",\"version\":\"1\"}}}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private StdioLoad() {}

    /** Prints what is to be known, as {@code name=value}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var tool = arguments[3];
        var process = new ProcessBuilder(List.of(arguments).subList(4, arguments.length))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var pipe = new CallPipe(process, Integer.parseInt(arguments[2]));
        pipe.say(INITIALIZE);
        pipe.hear();
        pipe.say(INITIALIZED);
        pipe.learn(tool);
        pipe.run(Amount.of(arguments[0]));
        var serverBefore = cpu(process.toHandle());
        var ownBefore = cpu(ProcessHandle.current());
        var tally = pipe.run(Amount.of(arguments[1]));
        var server = cpu(process.toHandle()).minus(serverBefore);
        var own = cpu(ProcessHandle.current()).minus(ownBefore);
        pipe.close();
        boolean ended = process.waitFor(5, TimeUnit.SECONDS);
        process.destroyForcibly();
        System.out.printf(
                "calls=%d lost=%d calls_per_second=%.0f cpu_us=%.2f load_cpu_us=%.2f ended=%b%n",
                tally.sent(),
                tally.sent() - tally.answered(),
                tally.answered() / seconds(tally.took()),
                seconds(server) * 1e6 / tally.sent(),
                seconds(own) * 1e6 / tally.sent(),
                ended);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
