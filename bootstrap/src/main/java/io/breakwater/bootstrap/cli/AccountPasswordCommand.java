package io.breakwater.bootstrap.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code breakwater account password}. */
@Command(
        name = "password",
        description =
                "Gives an account a new password, which is generated and shown only once. The tokens of the account"
                        + " are revoked.")
final class AccountPasswordCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(paramLabel = "NAME", description = "The name of the account.")
    private String name = "";

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    AccountPasswordCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var password = store.withAccounts(process, (accounts, context) -> accounts.resetPassword(name, context));
        CommandLines.lines(
                process.out(),
                output.json() ? AccountNewCommand.json(name, password) : AccountNewCommand.text(name, password));
        return ExitCode.OK;
    }
}
