package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.ProgressBar;
import java.util.function.LongConsumer;

/** Shows how far a command has come with a long log; nothing for a short one. */
final class SearchProgress implements LongConsumer {
    private static final long SHORT = 50_000;
    private static final int STEPS = 20;

    private final ProgressBar bar;
    private final long size;
    private int shown;

    SearchProgress(ProcessEnvironment process, long size) {
        this.bar = new ProgressBar(process.err(), process.errTerminal());
        this.size = size;
    }

    @Override
    public void accept(long entries) {
        int step = size < SHORT ? 0 : (int) (Math.min(entries, size) * STEPS / size);
        if (step > shown) {
            shown = step;
            bar.at(step, STEPS, entries + " of " + size + " entries");
        }
    }
}
