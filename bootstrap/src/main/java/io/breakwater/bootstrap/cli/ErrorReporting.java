package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ConfigurationException;
import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.port.PortException;
import io.breakwater.port.support.NameSuggestion;
import java.io.PrintWriter;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what went wrong and what to do, and determines the exit code. Prints a stack trace only on request. */
final class ErrorReporting implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final ProcessEnvironment process;
    private final PrintWriter err;
    private final Ansi ansi;

    ErrorReporting(ProcessEnvironment process) {
        this.process = process;
        this.err = process.err();
        this.ansi = CommandLines.ansi(process.errTerminal());
    }

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        printError(String.valueOf(problem.getMessage()));
        var command = problem.getCommandLine().getCommandSpec().qualifiedName();
        if (problem instanceof UnmatchedArgumentException unknown) {
            suggestion(unknown).ifPresent(word -> err.print("Did you mean: " + command + " " + word + "?\n"));
        }
        err.print("'" + command + " --help' prints the usage.\n");
        err.flush();
        return ExitCode.USAGE;
    }

    private static Optional<String> suggestion(UnmatchedArgumentException unknown) {
        var written = unknown.getUnmatched().getFirst();
        var command = unknown.getCommandLine();
        return NameSuggestion.to(
                written,
                written.startsWith("-")
                        ? command.getCommandSpec().optionsMap().keySet()
                        : command.getSubcommands().keySet());
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult arguments) {
        return problem instanceof ParameterException wrong
                ? handleParseException(wrong, new String[0])
                : report(problem, innermost(arguments).hasMatchedOption("--debug"));
    }

    /** Prints what went wrong, and returns the exit code. */
    int report(Exception problem, boolean debug) {
        boolean trace = debug || wantsTraces();
        int code = switch (problem) {
            case ConfigurationException refused -> configuration(refused);
            case NoSuchElementException absent -> sentence(absent, ExitCode.USAGE);
            case UnreachableServerException unreachable -> sentence(unreachable, ExitCode.UNREACHABLE);
            case PortException refused -> sentence(refused, ExitCode.FAILURE);
            default -> bug(problem, trace);
        };
        if (trace) {
            problem.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    private int configuration(ConfigurationException refused) {
        var errors = refused.errors();
        printError(errors.size() == 1 ? "The configuration has an error:" : "The configuration has errors:");
        err.print(ErrorListing.table(errors));
        return ExitCode.USAGE;
    }

    private int sentence(Exception problem, int code) {
        printError(String.valueOf(problem.getMessage()));
        return code;
    }

    private int bug(Exception problem, boolean trace) {
        printError("Internal error: " + problem);
        if (!trace) {
            err.print("Run the command again with --debug and report its output.\n");
        }
        return ExitCode.FAILURE;
    }

    private void printError(String sentence) {
        err.print(ansi.string("@|bold,red breakwater:|@ ") + Sanitizer.lines(sentence) + "\n");
    }

    private boolean wantsTraces() {
        return List.of("true", "1").contains(process.environment().getOrDefault("MCP_DEBUG", ""));
    }

    private static ParseResult innermost(ParseResult arguments) {
        return arguments.hasSubcommand() ? innermost(arguments.subcommand()) : arguments;
    }
}
