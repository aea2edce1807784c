package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.bootstrap.console.Terminal;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Builds the tree of commands and runs one of them. */
final class CommandLines {
    private CommandLines() {}

    /** Runs the command that the arguments name, and returns its exit code. */
    static int run(ProcessEnvironment process, String... words) {
        return tree(process).execute(words);
    }

    /** Builds all commands. */
    static CommandLine tree(ProcessEnvironment process) {
        var tree = new CommandLine(new RootCommand());
        tree.addSubcommand(new ServeCommand(process))
                .addSubcommand(new StdioCommand(process))
                .addSubcommand(new DemoCommand(process))
                .addSubcommand(new CheckCommand(process))
                .addSubcommand(new CommandLine(new ConfigCommand())
                        .addSubcommand(new ConfigInitCommand(process))
                        .addSubcommand(new ConfigShowCommand(process))
                        .addSubcommand(new ConfigValidateCommand(process)))
                .addSubcommand(new CommandLine(new KeyCommand())
                        .addSubcommand(new KeyNewCommand(process))
                        .addSubcommand(new KeyListCommand(process))
                        .addSubcommand(new KeyRotateCommand(process))
                        .addSubcommand(new KeyRevokeCommand(process)))
                .addSubcommand(new CommandLine(new AccessCommand()).addSubcommand(new AccessExplainCommand(process)))
                .addSubcommand(new CommandLine(new AccountCommand())
                        .addSubcommand(new AccountNewCommand(process))
                        .addSubcommand(new AccountListCommand(process))
                        .addSubcommand(new AccountPasswordCommand(process))
                        .addSubcommand(new AccountRolesCommand(process))
                        .addSubcommand(new AccountDisableCommand(process))
                        .addSubcommand(new AccountEnableCommand(process)))
                .addSubcommand(new CommandLine(new TokenCommand())
                        .addSubcommand(new TokenIssueCommand(process))
                        .addSubcommand(new TokenRevokeCommand(process))
                        .addSubcommand(new TokenListCommand(process)))
                .addSubcommand(new CommandLine(new AuditCommand())
                        .addSubcommand(new AuditVerifyCommand(process))
                        .addSubcommand(new AuditProveCommand(process)))
                .addSubcommand(new ToolsCommand(process))
                .addSubcommand(new CallCommand(process))
                .addSubcommand(new HealthCommand(process))
                .addSubcommand(new ClientConfigCommand(process))
                .addSubcommand(new CompletionCommand(process, tree));
        var problems = new ErrorReporting(process);
        return tree.setOut(process.out())
                .setErr(process.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(process.outTerminal())))
                .setUsageHelpAutoWidth(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems);
    }

    static Ansi ansi(Terminal terminal) {
        return terminal.coloured() ? Ansi.ON : Ansi.OFF;
    }

    /** Prints what is probably not intended. */
    static void warnings(ProcessEnvironment process, List<String> warnings) {
        warnings.forEach(warning -> process.err().print("Warning: " + Sanitizer.lines(warning) + "\n"));
        process.err().flush();
    }

    /** Prints text that ends with a line feed, on every operating system. */
    static void lines(PrintWriter out, String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }
}
