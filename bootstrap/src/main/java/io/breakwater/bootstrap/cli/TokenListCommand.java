package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.RevocationStore.Revocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater token list}. */
@Command(
        name = "list",
        description = "Lists the revoked tokens that have not expired. Issued tokens are not stored, so they are not"
                + " listed.")
final class TokenListCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    private final ProcessEnvironment process;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    TokenListCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var now = Instant.now();
        var revocations = store.withStore(process, TokenListCommand::all).stream()
                .filter(revocation -> revocation.expires().isAfter(now))
                .toList();
        CommandLines.lines(process.out(), output.json() ? json(revocations) : text(revocations));
        return ExitCode.OK;
    }

    private static List<Revocation> all(PostgresStore store, CallContext context) {
        var all = new ArrayList<Revocation>();
        for (boolean more = true; more; ) {
            long last = all.isEmpty() ? 0 : all.getLast().version();
            var page = store.revocations().changesSince(last, PAGE, context);
            all.addAll(page);
            more = page.size() == PAGE;
        }
        return all;
    }

    private static String text(List<Revocation> revocations) {
        if (revocations.isEmpty()) {
            return "No tokens are revoked.";
        }
        var table = new TextTable().row("id", "issuer", "until");
        revocations.forEach(revocation -> table.row(
                revocation.token().id(),
                revocation.token().issuer(),
                revocation.expires().toString()));
        return table.text();
    }

    private static String json(List<Revocation> revocations) {
        return JsonText.indented(new Json.Arr(revocations.stream()
                .<Json>map(revocation -> Json.object()
                        .put("id", revocation.token().id())
                        .put("issuer", revocation.token().issuer())
                        .put("until", revocation.expires().toString())
                        .build())
                .toList()));
    }
}
