package io.breakwater.bootstrap.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater stdio}. */
@Command(
        name = "stdio",
        description = "Serves MCP over standard input and output until the input ends; for clients that start their own"
                + " server.")
final class StdioCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    StdioCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new ServerLauncher(process).run(request());
    }

    LaunchRequest request() {
        return new LaunchRequest(LaunchRequest.Mode.STDIO, configuration.file(), configuration.options(List.of()));
    }
}
