package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.lifecycle.Prewarmer;

/**
 * One run of the program, from arguments to an exit code. It does not refer to picocli, so that {@link FastArguments}
 * avoids loading it.
 */
final class Program {
    private final ProcessEnvironment process;

    Program(ProcessEnvironment process) {
        this.process = process;
    }

    int run(String... words) {
        var request = FastArguments.parse(words);
        int code = request == null ? CommandLines.run(process, words) : serve(request);
        process.out().flush();
        process.err().flush();
        return code;
    }

    private int serve(LaunchRequest request) {
        Prewarmer.begin();
        try {
            return new ServerLauncher(process).run(request);
        } catch (InterruptedException | RuntimeException problem) {
            return new ErrorReporting(process).report(problem, request.debug());
        }
    }
}
