package io.breakwater.bootstrap.console;

import java.io.PrintWriter;

/** Shows the progress of long work: a bar on a terminal, elsewhere one line for each step. */
public final class ProgressBar {
    private static final int WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final Terminal terminal;

    /** Creates a bar, which is not printed yet. */
    public ProgressBar(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Shows the number of completed steps.
     *
     * @param what the current step, or a summary when all are done
     */
    public void at(int done, int all, String what) {
        if (terminal.interactive()) {
            int full = WIDTH * done / all;
            out.print(CLEAR_LINE + "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + percent(done, all) + " "
                    + what + (done == all ? "\n" : ""));
        } else {
            out.print(percent(done, all) + " " + what + "\n");
        }
        out.flush();
    }

    private static String percent(int done, int all) {
        return " ".repeat(3 - Integer.toString(100 * done / all).length()) + 100 * done / all + " %";
    }
}
