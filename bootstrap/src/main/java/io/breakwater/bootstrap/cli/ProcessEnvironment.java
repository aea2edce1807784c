package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.Terminal;
import io.breakwater.bootstrap.lifecycle.Signals;
import io.breakwater.bootstrap.lifecycle.StopSignal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Everything a command knows of the process it runs in.
 *
 * @param environment its variables
 * @param folder where it was started
 * @param in its standard input
 * @param out its standard output, for what was asked for
 * @param err its standard error, for everything else
 * @param log its standard error, for the log
 * @param outTerminal what the standard output is connected to
 * @param errTerminal what the standard error is connected to
 * @param signals how to hear of signals
 */
record ProcessEnvironment(
        Map<String, String> environment,
        Path folder,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        OutputStream log,
        Terminal outTerminal,
        Terminal errTerminal,
        SignalSource signals) {

    /** Tells of the signals that ask the process to end. */
    @FunctionalInterface
    interface SignalSource {
        /** See {@link Signals#listen}. */
        void listen(Consumer<StopSignal> first, Consumer<StopSignal> further);
    }
}
