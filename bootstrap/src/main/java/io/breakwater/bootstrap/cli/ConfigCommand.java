package io.breakwater.bootstrap.cli;

import picocli.CommandLine.Command;

/** {@code breakwater config}: nothing by itself. */
@Command(
        name = "config",
        description = "Writes, shows and checks the configuration.",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {}
