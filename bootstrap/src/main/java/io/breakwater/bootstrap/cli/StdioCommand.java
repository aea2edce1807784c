package io.breakwater.bootstrap.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater stdio}. */
@Command(
        name = "stdio",
        description = "Serves MCP over standard input and output until the input ends; how clients start a server of"
                + " their own.")
final class StdioCommand implements Callable<Integer> {
    private final ProcessEnvironment surroundings;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    StdioCommand(ProcessEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new ServerLauncher(surroundings).run(request());
    }

    LaunchRequest request() {
        return new LaunchRequest(LaunchRequest.Way.STDIO, configuration.file(), configuration.options(List.of()));
    }
}
