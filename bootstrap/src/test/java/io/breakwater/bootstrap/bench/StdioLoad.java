package io.breakwater.bootstrap.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Loads a server on stdio: {@code StdioLoad CALLS WINDOW TOOL COMMAND...}. Starts it, shakes hands, makes that many calls
 * with at most {@code WINDOW} in flight, and prints one line of figures. Every answer is counted; a call without one
 * leaves the run waiting.
 */
public final class StdioLoad {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":{\"message\":\"hello world\"}}}\n";

    private StdioLoad() {}

    /** Prints {@code start_ms first_call_ms rss_mb calls_per_second answered}. */
    public static void main(String[] arguments) throws Exception {
        int calls = Integer.parseInt(arguments[0]);
        int window = Integer.parseInt(arguments[1]);
        var tool = arguments[2];
        long begin = System.nanoTime();
        var process = new ProcessBuilder(List.of(arguments).subList(3, arguments.length))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = process.getOutputStream();
        var in = new BufferedInputStream(process.getInputStream(), 1 << 16);
        send(
                out,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"load\",\"version\":\"1\"}}}\n");
        line(in);
        long started = System.nanoTime();
        send(out, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
        send(out, CALL.formatted(2, tool));
        var first = line(in);
        long firstCall = System.nanoTime();
        if (!first.contains("hello world")) {
            throw new IllegalStateException("not an echo: " + first);
        }
        long rss = rss(process.pid());
        long loadBegin = System.nanoTime();
        int answered = load(out, in, calls, window, tool);
        double seconds = (System.nanoTime() - loadBegin) / 1e9;
        out.close();
        boolean ended = process.waitFor(5, TimeUnit.SECONDS);
        process.destroyForcibly();
        System.out.printf(
                "start_ms=%.0f first_call_ms=%.0f rss_mb=%d calls_per_second=%.0f answered=%d ended=%b%n",
                (started - begin) / 1e6, (firstCall - begin) / 1e6, rss, calls / seconds, answered, ended);
    }

    /** Writes in batches of half a window, so that the server always has work and the pipe is no bottleneck. */
    private static int load(OutputStream out, InputStream in, int calls, int window, String tool) throws IOException {
        int sent = 0;
        int answered = 0;
        while (answered < calls) {
            var batch = new StringBuilder();
            while (sent < calls && sent - answered < window) {
                batch.append(CALL.formatted(100_000_000 + sent++, tool));
            }
            send(out, batch.toString());
            int half = Math.max(1, Math.min(window / 2, sent - answered));
            for (int i = 0; i < half; i++) {
                line(in);
                answered++;
            }
        }
        return answered;
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(160);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server is gone");
            }
            line.append((char) b);
        }
        return line.toString();
    }

    private static long rss(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(entry -> entry.startsWith("VmRSS:"))
                .mapToLong(entry -> Long.parseLong(entry.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }
}
