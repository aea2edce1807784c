package io.breakwater.bootstrap.bench;

import io.breakwater.core.execution.ExecutionMode;
import io.breakwater.core.presentation.catalog.Tool;
import io.breakwater.core.presentation.catalog.schema.Description;
import java.time.Duration;
import java.util.List;

/** Tools whose results are kept beside tools that do the same work each time, and a row without a guard. */
final class DataTools {
    private static final Duration LIFE = Duration.ofHours(1);

    private final PlainDatabase database;

    DataTools(PlainDatabase database) {
        this.database = database;
    }

    record Said(@Description("What was said") String message) {}

    record Key(@Description("The number of a row") int number) {}

    record Balance(@Description("What the row holds") int balance) {}

    record Sum(@Description("The sum of all balances") long sum) {}

    record Run(@Description("Which execution this was") long run) {}

    List<Tool> all() {
        return List.of(
                EchoServer.echo("echo", ExecutionMode.INLINE),
                EchoServer.echo("echo_vt", ExecutionMode.VIRTUAL),
                echoKept(),
                row("row").handledBy((arguments, call) -> row(arguments)),
                row("row_parsed")
                        .handledBy((arguments, call) -> new Balance(database.balanceParsed(arguments.number()))),
                row("row_kept").cachedForAll(LIFE).handledBy((arguments, call) -> row(arguments)),
                sum("sum").handledBy((arguments, call) -> sum(arguments)),
                sum("sum_kept").cachedForAll(LIFE).handledBy((arguments, call) -> sum(arguments)),
                runKept());
    }

    private static Tool echoKept() {
        return Tool.named("echo_kept")
                .describedAs("Says the message back, and remembers it.")
                .takes(EchoServer.Echo.class)
                .gives(Said.class)
                .readOnly()
                .cachedForAll(LIFE)
                .handledBy((arguments, call) -> new Said(arguments.message()));
    }

    private static Tool.Builder<Key, Balance> row(String name) {
        return Tool.named(name)
                .describedAs("Reads one row by its primary key.")
                .takes(Key.class)
                .gives(Balance.class)
                .readOnly();
    }

    private Balance row(Key key) throws Exception {
        return new Balance(database.balance(key.number()));
    }

    private static Tool.Builder<Key, Sum> sum(String name) {
        return Tool.named(name)
                .describedAs("Adds up the balances of all rows but one.")
                .takes(Key.class)
                .gives(Sum.class)
                .readOnly();
    }

    private Sum sum(Key key) throws Exception {
        return new Sum(database.sumWithout(key.number()));
    }

    private Tool runKept() {
        return Tool.named("run_kept")
                .describedAs("Counts how often it was executed, slowly.")
                .takes(Key.class)
                .gives(Run.class)
                .readOnly()
                .cachedForAll(LIFE)
                .handledBy((arguments, call) -> new Run(database.nextRun()));
    }
}
