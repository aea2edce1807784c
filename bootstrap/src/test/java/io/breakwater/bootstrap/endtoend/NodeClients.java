package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clients of {@code src/test/clients}, which run on Node.js. */
final class NodeClients {
    private static final Path FOLDER = Path.of("src", "test", "clients").toAbsolutePath();

    private final String node;

    private NodeClients(String node) {
        this.node = node;
    }

    /** Fetches them unless they are there. */
    static NodeClients installed() throws IOException, InterruptedException {
        var install = run(List.of(FOLDER.resolve("install").toString()));
        assertThat(install.exitCode())
                .as("the clients could not be installed; they need npm. To leave them out: -DexcludedGroups=npm")
                .isZero();
        return new NodeClients(install.output().strip());
    }

    /** Takes one through its journey, which must go well step by step. */
    void travel(String client, String era, List<String> place) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(node, FOLDER.resolve(client + ".mjs").toString()));
        if (!era.isEmpty()) {
            command.add(era);
        }
        command.addAll(place);
        var journey = run(command);
        assertThat(journey.output())
                .contains("{\"step\":\"close\",\"ok\":true}")
                .doesNotContain("\"ok\":false");
        assertThat(journey.exitCode()).isZero();
    }

    /** Calls tools with the Inspector, one after the other: a result for each. */
    List<String> inspect(String era, String url, List<String> toolsAndArguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(node, FOLDER.resolve("calls.mjs").toString(), era, url));
        command.addAll(toolsAndArguments);
        var calls = run(command);
        assertThat(calls.exitCode()).as(calls.output()).isZero();
        return calls.output().lines().toList();
    }

    private record Run(int exitCode, String output) {}

    private static Run run(List<String> command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(output).isTrue();
        return new Run(process.exitValue(), output);
    }
}
