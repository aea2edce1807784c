package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/command-line.md} tells of every command. */
class CommandLinePageTest {

    @Test
    void thePageTellsOfEveryCommand() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "command-line.md"));

        assertThat(commands(CommandLines.tree(new CommandRun(Path.of("")).process()), ""))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(page).contains("| `" + command));
    }

    private static Stream<String> commands(CommandLine group, String prefix) {
        return group.getSubcommands().entrySet().stream()
                .flatMap(entry -> entry.getValue().getSubcommands().isEmpty()
                        ? Stream.of(prefix + entry.getKey())
                        : commands(entry.getValue(), prefix + entry.getKey() + " "));
    }
}
