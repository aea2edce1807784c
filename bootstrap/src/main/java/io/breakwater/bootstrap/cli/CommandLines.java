package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Builds the tree of commands and runs one of them. */
final class CommandLines {
    private CommandLines() {}

    /** Runs the command that the words name; gives its exit code. */
    static int run(ProcessEnvironment surroundings, String... words) {
        return tree(surroundings).execute(words);
    }

    /** All commands. */
    static CommandLine tree(ProcessEnvironment surroundings) {
        var tree = new CommandLine(new RootCommand());
        tree.addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new StdioCommand(surroundings))
                .addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new CommandLine(new ConfigCommand())
                        .addSubcommand(new ConfigInitCommand(surroundings))
                        .addSubcommand(new ConfigShowCommand(surroundings))
                        .addSubcommand(new ConfigValidateCommand(surroundings)))
                .addSubcommand(new ToolsCommand(surroundings))
                .addSubcommand(new CallCommand(surroundings))
                .addSubcommand(new HealthCommand(surroundings))
                .addSubcommand(new ClientConfigCommand(surroundings))
                .addSubcommand(new CompletionCommand(surroundings, tree));
        var problems = new ErrorReporting(surroundings);
        return tree.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(surroundings.outTerminal())))
                .setUsageHelpAutoWidth(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems);
    }

    static Ansi ansi(Terminal terminal) {
        return terminal.coloured() ? Ansi.ON : Ansi.OFF;
    }

    /** A line break of this program is one character on every machine. */
    static void lines(PrintWriter out, String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }
}
