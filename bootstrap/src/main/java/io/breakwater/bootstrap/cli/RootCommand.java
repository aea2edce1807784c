package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ProgramVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** {@code breakwater}: the group of all commands; by itself it prints the help and the version. */
@Command(
        name = "breakwater",
        description = "The production MCP server for the JVM.",
        versionProvider = RootCommand.Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n@|bold Arguments|@%n",
        optionListHeading = "%n@|bold Options|@%n",
        commandListHeading = "%n@|bold Commands|@%n",
        exitCodeListHeading = "%n@|bold Exit codes|@%n",
        exitCodeList = {
            "0:the command succeeded",
            "1:the command failed",
            "2:the command line or the configuration is wrong",
            "3:the server cannot be reached",
            "5:the tool returned an error"
        })
final class RootCommand {

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"breakwater " + ProgramVersion.text()};
        }
    }
}
