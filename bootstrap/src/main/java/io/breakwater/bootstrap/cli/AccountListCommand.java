package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.account.AccountEditor;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Accounts.Account;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater account list}. */
@Command(name = "list", description = "Lists the accounts.")
final class AccountListCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    AccountListCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var accounts = store.withAccounts(process, AccountEditor::list);
        CommandLines.lines(process.out(), output.json() ? json(accounts) : text(accounts));
        return ExitCode.OK;
    }

    private static String text(List<Account> accounts) {
        if (accounts.isEmpty()) {
            return "There are no accounts. 'breakwater account new NAME' creates one.";
        }
        var table = new TextTable().row("id", "name", "status", "roles");
        accounts.forEach(account -> table.row(
                Long.toString(account.id()), account.name(), status(account), String.join(",", roles(account))));
        return table.text();
    }

    private static String json(List<Account> accounts) {
        return JsonText.indented(new Json.Arr(accounts.stream()
                .<Json>map(account -> Json.object()
                        .put("id", account.id())
                        .put("name", account.name())
                        .put("status", status(account))
                        .put("roles", Json.texts(roles(account)))
                        .build())
                .toList()));
    }

    private static List<String> roles(Account account) {
        return account.roles().stream().sorted().toList();
    }

    private static String status(Account account) {
        return account.disabled() ? "disabled" : "enabled";
    }
}
