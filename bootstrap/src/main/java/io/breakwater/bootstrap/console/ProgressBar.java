package io.breakwater.bootstrap.console;

import java.io.PrintWriter;

/** How far long work is: a bar that grows on a terminal, a line for each part of the work elsewhere. */
public final class ProgressBar {
    private static final int WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final Terminal terminal;

    /** A bar that is not drawn yet. */
    public ProgressBar(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * So many parts of the work are done.
     *
     * @param what what is being done now, or was done when all is
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
