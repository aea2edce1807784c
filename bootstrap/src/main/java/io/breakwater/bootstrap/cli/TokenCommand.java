package io.breakwater.bootstrap.cli;

import picocli.CommandLine.Command;

/** {@code breakwater token}: the group of the commands for tokens that the server signs itself. */
@Command(
        name = "token",
        description = "Issues and revokes tokens, and lists revocations.",
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {}
