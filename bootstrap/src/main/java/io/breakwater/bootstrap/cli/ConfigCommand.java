package io.breakwater.bootstrap.cli;

import picocli.CommandLine.Command;

/** {@code breakwater config}: the group of the configuration commands. */
@Command(
        name = "config",
        description = "Writes, shows and checks the configuration.",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {}
