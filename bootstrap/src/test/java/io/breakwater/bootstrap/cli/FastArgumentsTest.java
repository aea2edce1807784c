package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.ConfigurationSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FastArgumentsTest {

    /** What picocli makes of the words. */
    private static LaunchRequest read(String line) {
        var tree = CommandLines.tree(new CommandRun(Path.of("")).process());
        var command =
                tree.parseArgs(line.split(" ", -1)).subcommand().commandSpec().userObject();
        return command instanceof ServeCommand serve ? serve.request() : ((StdioCommand) command).request();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "stdio",
                "serve --port 9000",
                "serve -p 9000 --host ::1",
                "serve --port=9000 --host=0.0.0.0 --debug",
                "serve --config a.yaml",
                "stdio -c a.yaml",
                "stdio --config=/etc/b.yaml --debug",
                "stdio --set log.level=debug --set server.name=a=b",
                "serve --set=http.port=1 --port 2",
                "serve --set http.port="
            })
    void understandsAsPicocliDoes(String line) {
        assertThat(FastArguments.parse(line.split(" ", -1))).isEqualTo(read(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tools",
                "--help",
                "serve --help",
                "serve -h",
                "serve --port",
                "serve --port= ",
                "serve --port --host",
                "serve -p9000",
                "serve --port 1 --port 2",
                "serve --prot 1",
                "serve extra",
                "stdio --port 1",
                "stdio --config a --config b",
                "stdio --set a",
                "stdio --set =1",
                "stdio --debug --debug"
            })
    void leavesEverythingElseToPicocli(String line) {
        assertThat(FastArguments.parse(line.split(" ", -1))).isNull();
    }

    @Test
    void knowsEveryOptionOfTheCommands() {
        var tree = CommandLines.tree(new CommandRun(Path.of("")).process());
        var known = List.of("-c", "--config", "--set", "--debug", "-p", "--port", "--host");

        for (var command : List.of("serve", "stdio")) {
            assertThat(options(tree, command))
                    .filteredOn(option ->
                            !List.of("-h", "--help", "-V", "--version").contains(option))
                    .as(command)
                    .isSubsetOf(known);
        }
    }

    private static Set<String> options(CommandLine tree, String command) {
        var found = Objects.requireNonNull(tree.getSubcommands().get(command), command);
        return found.getCommandSpec().optionsMap().keySet();
    }

    @Test
    void keepsWhatEachOptionSets() {
        var request = FastArguments.parse("serve", "--port", "9000", "--set", "a.b=c", "--debug");

        assertThat(request)
                .isEqualTo(new LaunchRequest(
                        LaunchRequest.Mode.SERVE,
                        null,
                        List.of(
                                new ConfigurationSources.Option("a.b", "c", "--set a.b"),
                                new ConfigurationSources.Option("debug", "true", "--debug"),
                                new ConfigurationSources.Option("http.port", "9000", "--port"))));
    }
}
