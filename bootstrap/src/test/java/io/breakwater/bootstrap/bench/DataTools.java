package io.breakwater.bootstrap.bench;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.schema.Description;
import java.time.Duration;
import java.util.List;

/** Tools whose results are kept beside tools that do the same work each time, and a row without a guard. */
final class DataTools {
    private static final Duration LIFE = Duration.ofHours(1);

    private final PlainDatabase database;

    DataTools(PlainDatabase database) {
        this.database = database;
    }

    record MessageInput(@Description("What was said") String message) {}

    record Key(@Description("The number of a row") int number) {}

    record Balance(@Description("What the row holds") int balance) {}

    record Sum(@Description("The sum of all balances") long sum) {}

    record Run(@Description("Which execution this was") long run) {}

    List<Tool> all() {
        return List.of(
                EchoServer.echo("echo", ExecutionMode.INLINE),
                EchoServer.echo("echo_vt", ExecutionMode.VIRTUAL),
                echoKept(),
                row("row").handler((arguments, call) -> row(arguments)),
                row("row_parsed").handler((arguments, call) -> new Balance(database.balanceParsed(arguments.number()))),
                row("row_kept").cacheForAll(LIFE).handler((arguments, call) -> row(arguments)),
                sum("sum").handler((arguments, call) -> sum(arguments)),
                sum("sum_kept").cacheForAll(LIFE).handler((arguments, call) -> sum(arguments)),
                runKept());
    }

    private static Tool echoKept() {
        return Tool.named("echo_kept")
                .description("Says the message back, and remembers it.")
                .input(EchoServer.Echo.class)
                .output(MessageInput.class)
                .readOnly()
                .cacheForAll(LIFE)
                .handler((arguments, call) -> new MessageInput(arguments.message()));
    }

    private static Tool.Builder<Key, Balance> row(String name) {
        return Tool.named(name)
                .description("Reads one row by its primary key.")
                .input(Key.class)
                .output(Balance.class)
                .readOnly();
    }

    private Balance row(Key key) throws Exception {
        return new Balance(database.balance(key.number()));
    }

    private static Tool.Builder<Key, Sum> sum(String name) {
        return Tool.named(name)
                .description("Adds up the balances of all rows but one.")
                .input(Key.class)
                .output(Sum.class)
                .readOnly();
    }

    private Sum sum(Key key) throws Exception {
        return new Sum(database.sumWithout(key.number()));
    }

    private Tool runKept() {
        return Tool.named("run_kept")
                .description("Counts how often it was executed, slowly.")
                .input(Key.class)
                .output(Run.class)
                .readOnly()
                .cacheForAll(LIFE)
                .handler((arguments, call) -> new Run(database.nextRun()));
    }
}
