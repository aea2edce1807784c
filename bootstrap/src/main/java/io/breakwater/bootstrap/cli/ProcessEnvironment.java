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
 * The parts of its process that a command uses.
 *
 * @param environment the environment variables
 * @param folder the folder in which it was started
 * @param in the standard input
 * @param out the standard output, for the result of the command
 * @param err the standard error, for all other output
 * @param log the standard error, for the log
 * @param outTerminal the terminal of the standard output
 * @param errTerminal the terminal of the standard error
 * @param signals the source of signals
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

    /** Reports the signals that ask the process to end. */
    @FunctionalInterface
    interface SignalSource {
        /** See {@link Signals#listen}. */
        void listen(Consumer<StopSignal> first, Consumer<StopSignal> further);
    }
}
