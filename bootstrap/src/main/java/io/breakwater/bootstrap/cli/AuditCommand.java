package io.breakwater.bootstrap.cli;

import picocli.CommandLine.Command;

/** {@code breakwater audit}: the group of the commands for the audit log. */
@Command(
        name = "audit",
        description = "Verifies the audit log, and proves that it contains a call.",
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {}
