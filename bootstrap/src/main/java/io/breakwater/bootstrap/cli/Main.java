package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.Terminal;
import io.breakwater.bootstrap.lifecycle.Signals;
import io.breakwater.bootstrap.logging.Slf4jProvider;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program: {@code java -jar breakwater.jar}. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name, and ends the process with its exit code. */
    public static void main(String[] args) {
        Slf4jProvider.choose();
        int code = new Program(process()).run(args);
        System.exit(code);
    }

    private static ProcessEnvironment process() {
        var environment = System.getenv();
        return new ProcessEnvironment(
                environment,
                Path.of(""),
                System.in,
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                new FileOutputStream(FileDescriptor.err),
                Terminal.ofStandardOutput(environment),
                Terminal.ofStandardError(environment),
                (first, further) -> Signals.listen(first, signal -> {
                    further.accept(signal);
                    Runtime.getRuntime().halt(signal.exitCode());
                }));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
