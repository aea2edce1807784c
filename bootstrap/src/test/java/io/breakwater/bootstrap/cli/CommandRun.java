package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.Terminal;
import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.waiting.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The program as a person at a shell has it: words in; text, log and an exit code out. */
final class CommandRun {
    private static final Pattern LISTENING = Pattern.compile("Listening on (http://[^\"\\s]+)");

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final CompletableFuture<Consumer<StopSignal>> signals = new CompletableFuture<>();
    private String in = "";
    private Terminal terminal = Terminal.NONE;

    CommandRun(Path folder) {
        this.folder = folder;
    }

    CommandRun variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CommandRun input(String text) {
        in = text;
        return this;
    }

    CommandRun onTerminal() {
        terminal = new Terminal(true, true);
        return this;
    }

    /** Runs to the end. */
    int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new Program(process()).run(words);
    }

    ProcessEnvironment process() {
        return new ProcessEnvironment(
                environment,
                folder,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                log,
                terminal,
                terminal,
                (first, further) -> signals.complete(first));
    }

    /** Runs while the test goes on, on a thread of its own, since a server that a failed test leaves behind never ends. */
    CompletableFuture<Integer> start(String... words) {
        return CompletableFuture.supplyAsync(
                () -> run(words), task -> Thread.ofPlatform().daemon().start(task));
    }

    /** Sends the signal as soon as the program listens for it. */
    void signal(StopSignal signal) throws Exception {
        signals.get(Eventually.SECONDS, TimeUnit.SECONDS).accept(signal);
    }

    /** Where the server listens, as soon as it does. */
    String address() throws Exception {
        signals.get(Eventually.SECONDS, TimeUnit.SECONDS);
        Eventually.holds(() -> LISTENING.matcher(log()).find(), this::log);
        return LISTENING.matcher(log()).results().findFirst().orElseThrow().group(1);
    }

    /** Returns when the log has these words. */
    void awaitLog(String words) {
        Eventually.holds(() -> log().contains(words), this::log);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }
}
