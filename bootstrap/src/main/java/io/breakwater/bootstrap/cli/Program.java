package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.lifecycle.HeadStart;

/** One run of the program, from words to an exit code. Knows of no picocli, so that {@link QuickStart} gets by without. */
final class Program {
    private final Surroundings surroundings;

    Program(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    int run(String... words) {
        var request = QuickStart.understood(words);
        int code = request == null ? CommandLines.run(surroundings, words) : serve(request);
        surroundings.out().flush();
        surroundings.err().flush();
        return code;
    }

    private int serve(ServingRequest request) {
        HeadStart.begin();
        try {
            return new Serving(surroundings).run(request);
        } catch (InterruptedException | RuntimeException problem) {
            return new Problems(surroundings).report(problem, request.debug());
        }
    }
}
