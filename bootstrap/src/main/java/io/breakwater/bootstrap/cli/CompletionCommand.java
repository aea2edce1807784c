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
    private final ProcessEnvironment process;
    private final CommandLine tree;

    /** Creates the command; the script completes the commands of the tree. */
    CompletionCommand(ProcessEnvironment process, CommandLine tree) {
        this.process = process;
        this.tree = tree;
    }

    @Override
    public Integer call() {
        CommandLines.lines(process.out(), AutoComplete.bash(tree.getCommandName(), tree));
        return ExitCode.OK;
    }
}
