package io.breakwater.bootstrap.cli;

import picocli.CommandLine.Command;

/** {@code breakwater account}: the group of the commands for local accounts. */
@Command(
        name = "account",
        description = "Creates, lists and changes the accounts that can log in with a password.",
        synopsisSubcommandLabel = "COMMAND")
final class AccountCommand {}
