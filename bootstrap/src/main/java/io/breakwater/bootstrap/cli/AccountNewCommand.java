package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater account new}. */
@Command(
        name = "new",
        description = "Creates an account and prints its password, which is generated and shown only once.",
        footerHeading = "%n@|bold Examples|@%n",
        footer = "  breakwater account new ann@example.com --role reader")
final class AccountNewCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(paramLabel = "NAME", description = "The name of the account, unique regardless of case.")
    private String name = "";

    @Option(names = "--role", split = ",", paramLabel = "ROLE", description = "A role; may be repeated.")
    private List<String> roles = new ArrayList<>();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    AccountNewCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var password =
                store.withAccounts(process, (accounts, context) -> accounts.create(name, Set.copyOf(roles), context));
        CommandLines.lines(process.out(), output.json() ? json(name, password) : text(name, password));
        return ExitCode.OK;
    }

    /** The password is on the first line, so that scripts can take it. */
    static String text(String name, String password) {
        return password + "\n\nThis is the password of the account '" + name
                + "'. Store it now: it is not shown again.\n";
    }

    static String json(String name, String password) {
        return JsonText.indented(
                Json.object().put("name", name).put("password", password).build());
    }
}
