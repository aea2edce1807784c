package io.breakwater.bootstrap.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code breakwater completion}. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in bash and zsh.",
        footerHeading = "%n@|bold Example|@%n",
        footer = "  source <(breakwater completion)")
final class CompletionCommand implements Callable<Integer> {
    private final ProcessEnvironment surroundings;
    private final CommandLine tree;

    /** Completes the commands of that tree. */
    CompletionCommand(ProcessEnvironment surroundings, CommandLine tree) {
        this.surroundings = surroundings;
        this.tree = tree;
    }

    @Override
    public Integer call() {
        CommandLines.lines(surroundings.out(), AutoComplete.bash(tree.getCommandName(), tree));
        return ExitCode.OK;
    }
}
