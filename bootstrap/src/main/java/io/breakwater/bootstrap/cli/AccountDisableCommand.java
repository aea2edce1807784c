package io.breakwater.bootstrap.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code breakwater account disable}. */
@Command(
        name = "disable",
        description = "Disables an account. Its tokens are revoked; a running server refuses them within a second.")
final class AccountDisableCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(paramLabel = "NAME", description = "The name of the account.")
    private String name = "";

    @Mixin
    private StoreOption store = new StoreOption();

    AccountDisableCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        store.withAccounts(process, (accounts, context) -> {
            accounts.setDisabled(name, true, context);
            return name;
        });
        CommandLines.lines(process.out(), "Disabled the account " + name + ".");
        return ExitCode.OK;
    }
}
