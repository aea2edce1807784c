package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.lifecycle.Prewarmer;

/**
 * One run of the program, from words to an exit code. Knows of no picocli, so that {@link FastArguments} gets by
 * without.
 */
final class Program {
    private final ProcessEnvironment surroundings;

    Program(ProcessEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    int run(String... words) {
        var request = FastArguments.understood(words);
        int code = request == null ? CommandLines.run(surroundings, words) : serve(request);
        surroundings.out().flush();
        surroundings.err().flush();
        return code;
    }

    private int serve(LaunchRequest request) {
        Prewarmer.begin();
        try {
            return new ServerLauncher(surroundings).run(request);
        } catch (InterruptedException | RuntimeException problem) {
            return new ErrorReporting(surroundings).report(problem, request.debug());
        }
    }
}
