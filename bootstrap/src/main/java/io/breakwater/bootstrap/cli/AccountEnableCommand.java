package io.breakwater.bootstrap.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code breakwater account enable}. */
@Command(name = "enable", description = "Enables an account again.")
final class AccountEnableCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(paramLabel = "NAME", description = "The name of the account.")
    private String name = "";

    @Mixin
    private StoreOption store = new StoreOption();

    AccountEnableCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        store.withAccounts(process, (accounts, context) -> {
            accounts.setDisabled(name, false, context);
            return name;
        });
        CommandLines.lines(process.out(), "Enabled the account " + name + ".");
        return ExitCode.OK;
    }
}
