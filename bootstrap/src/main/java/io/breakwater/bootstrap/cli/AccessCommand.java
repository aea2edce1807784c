package io.breakwater.bootstrap.cli;

import picocli.CommandLine.Command;

/** {@code breakwater access}: the group of the commands for access rules. */
@Command(name = "access", description = "Explains what callers may do.", synopsisSubcommandLabel = "COMMAND")
final class AccessCommand {}
