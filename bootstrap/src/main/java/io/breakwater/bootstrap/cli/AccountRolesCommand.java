package io.breakwater.bootstrap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater account roles}. */
@Command(
        name = "roles",
        description = "Replaces the roles of an account. The tokens of the account are revoked.",
        footerHeading = "%n@|bold Examples|@%n",
        footer = "  breakwater account roles ann@example.com --role reader,writer")
final class AccountRolesCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(paramLabel = "NAME", description = "The name of the account.")
    private String name = "";

    @Option(
            names = "--role",
            split = ",",
            paramLabel = "ROLE",
            description = "A role; may be repeated. Without this option the account has no roles.")
    private List<String> roles = new ArrayList<>();

    @Mixin
    private StoreOption store = new StoreOption();

    AccountRolesCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        store.withAccounts(process, (accounts, context) -> {
            accounts.setRoles(name, Set.copyOf(roles), context);
            return name;
        });
        CommandLines.lines(process.out(), "Changed the roles of the account " + name + ".");
        return ExitCode.OK;
    }
}
