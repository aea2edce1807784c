package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.client.RemoteErrorException;
import io.breakwater.bootstrap.client.UnreachableServerException;
import io.breakwater.bootstrap.config.ConfigurationException;
import io.breakwater.bootstrap.config.NameSuggestion;
import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.port.PortException;
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

/**
 * Tells what went wrong in a sentence and what to do, and which exit code that means. A stack trace only if asked for.
 */
final class ErrorReporting implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final ProcessEnvironment surroundings;
    private final PrintWriter err;
    private final Ansi ansi;

    ErrorReporting(ProcessEnvironment surroundings) {
        this.surroundings = surroundings;
        this.err = surroundings.err();
        this.ansi = CommandLines.ansi(surroundings.errTerminal());
    }

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        say(String.valueOf(problem.getMessage()));
        var command = problem.getCommandLine().getCommandSpec().qualifiedName();
        if (problem instanceof UnmatchedArgumentException unknown) {
            meant(unknown).ifPresent(word -> err.print("Did you mean: " + command + " " + word + "?\n"));
        }
        err.print("'" + command + " --help' tells more.\n");
        err.flush();
        return ExitCode.USAGE;
    }

    private static Optional<String> meant(UnmatchedArgumentException unknown) {
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

    /** Tells what went wrong; gives the exit code. */
    int report(Exception problem, boolean debug) {
        boolean trace = debug || wantsTraces();
        int code = switch (problem) {
            case ConfigurationException refused -> configuration(refused);
            case NoSuchElementException absent -> sentence(absent, ExitCode.USAGE);
            case UnreachableServerException silent -> sentence(silent, ExitCode.UNREACHABLE);
            case PortException refused -> sentence(refused, ExitCode.FAILURE);
            case RemoteErrorException error -> sentence(error, ExitCode.FAILURE);
            default -> bug(problem, trace);
        };
        if (trace) {
            problem.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    private int configuration(ConfigurationException refused) {
        var mistakes = refused.errors();
        say(mistakes.size() == 1 ? "The configuration has a mistake:" : "The configuration has mistakes:");
        err.print(ErrorListing.table(mistakes));
        return ExitCode.USAGE;
    }

    private int sentence(Exception problem, int code) {
        say(String.valueOf(problem.getMessage()));
        return code;
    }

    private int bug(Exception problem, boolean trace) {
        say("This should not have happened: " + problem);
        if (!trace) {
            err.print("Run it again with --debug and report what it says.\n");
        }
        return ExitCode.FAILURE;
    }

    private void say(String sentence) {
        err.print(ansi.string("@|bold,red breakwater:|@ ") + Sanitizer.lines(sentence) + "\n");
    }

    private boolean wantsTraces() {
        return List.of("true", "1").contains(surroundings.environment().getOrDefault("MCP_DEBUG", ""));
    }

    private static ParseResult innermost(ParseResult arguments) {
        return arguments.hasSubcommand() ? innermost(arguments.subcommand()) : arguments;
    }
}
