package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
    @TempDir
    Path folder;

    private CommandRun breakwater;

    @BeforeEach
    void shell() {
        breakwater = new CommandRun(folder);
    }

    @Test
    void initWritesAFileThatIsGood() throws IOException {
        assertThat(breakwater.run("config", "init")).isZero();
        assertThat(Files.readString(folder.resolve("breakwater.yaml"))).contains("  # port: 8080\n");

        assertThat(breakwater.run("config", "validate")).isZero();
        assertThat(breakwater.out()).isEqualTo("The configuration is valid (breakwater.yaml).\n");
    }

    @Test
    void initReplacesNothingUnlessForced() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "http: {port: 1}");

        assertThat(breakwater.run("config", "init", "mine.yaml")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("mine.yaml already exists. Use --force to replace it.");
        assertThat(Files.readString(folder.resolve("mine.yaml"))).isEqualTo("http: {port: 1}");

        assertThat(breakwater.run("config", "init", "mine.yaml", "--force")).isZero();
        assertThat(Files.readString(folder.resolve("mine.yaml"))).contains("# port: 8080");
    }

    @Test
    void initWritesForTheOwnerAlone() throws IOException {
        Files.writeString(folder.resolve("open.yaml"), "debug: true");
        Files.setPosixFilePermissions(folder.resolve("open.yaml"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(breakwater.run("config", "init")).isZero();
        assertThat(breakwater.run("config", "init", "open.yaml", "--force")).isZero();

        assertThat(permissions("breakwater.yaml")).isEqualTo("rw-------");
        assertThat(permissions("open.yaml")).isEqualTo("rw-------");
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    @Test
    void initSaysWhyItCannotWrite() {
        assertThat(breakwater.run("config", "init", "no/such/folder.yaml")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("cannot be written");
    }

    @Test
    void showPrintsValuesAndOrigins() throws IOException {
        Files.writeString(folder.resolve("breakwater.yaml"), "http: {port: 9000}");
        breakwater.variable("BREAKWATER_SERVER_SECRETS", "canary-canary-canary-canary-canary");

        assertThat(breakwater.run("config", "show")).isZero();
        assertThat(breakwater.out())
                .contains("  port: 9000  # breakwater.yaml:1:14\n")
                .contains("  secrets: [\"******\"]  # $BREAKWATER_SERVER_SECRETS\n")
                .doesNotContain("canary");
    }

    @Test
    void showPrintsJsonForPrograms() {
        assertThat(breakwater.run("config", "show", "-o", "json", "--set", "http.port=9000"))
                .isZero();
        assertThat(breakwater.out()).startsWith("{\n").contains("""
                  "http.port": {
                    "value": 9000,
                    "origin": "--set http.port"
                  },
                """);
    }

    @Test
    void validateTellsEveryMistake() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "http:\n  port: eighty\n  hots: x\n");

        assertThat(breakwater.run("config", "validate", "mine.yaml")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).isEqualTo("""
                breakwater: The configuration has errors:
                  mine.yaml:2:9  http.port  'eighty' is not valid; write a whole number from 0 to 65535
                  mine.yaml:3:3  http.hots  there is no such setting; did you mean host?
                """);
    }

    @Test
    void validateTellsProgramsToo() throws IOException {
        Files.writeString(folder.resolve("breakwater.yaml"), "port: 1\n");

        assertThat(breakwater.run("config", "validate", "-o", "json")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.out()).contains("\"valid\": false", "\"remedy\": \"did you mean http.port?\"");

        assertThat(breakwater.run("config", "validate", "-o", "json", "-c", "/dev/null"))
                .isZero();
        assertThat(breakwater.out()).contains("\"valid\": true");
    }
}
