package io.breakwater.bootstrap.cli;

import picocli.CommandLine.Command;

/** {@code breakwater key}: the group of the commands for API keys. */
@Command(
        name = "key",
        description = "Creates, lists, revokes and rotates API keys.",
        synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {}
