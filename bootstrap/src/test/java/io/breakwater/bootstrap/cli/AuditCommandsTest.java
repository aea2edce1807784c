package io.breakwater.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.audit.CheckpointCopies;
import io.breakwater.bootstrap.audit.FileAuditLog;
import io.breakwater.bootstrap.audit.FileAuditSettings;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.Json;
import io.breakwater.port.contract.AuditLogContract;
import io.breakwater.port.driven.AuditLog.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    private CommandRun breakwater = new CommandRun(folder);

    @BeforeEach
    void writeALog() {
        breakwater = new CommandRun(folder);
        try (var log = open()) {
            append(log, 0, 300);
        }
    }

    private Path log() {
        return folder.resolve("audit");
    }

    private FileAuditLog open() {
        return FileAuditLog.open(
                new FileAuditSettings(log(), "example.com/log", "t", null, Duration.ofHours(1)), CheckpointCopies.NONE);
    }

    private static void append(FileAuditLog log, int from, int to) {
        log.append(
                IntStream.range(from, to)
                        .<AuditEntry>mapToObj(i -> AuditLogContract.entry("call-" + i))
                        .toList(),
                Durability.PROCESS);
    }

    @Test
    void verifiesTheConfiguredLog() {
        assertThat(breakwater.run("audit", "verify", "--set", "audit.folder=audit"))
                .isZero();
        assertThat(breakwater.out()).isEqualTo("The audit log example.com/log is unchanged: 300 entries.\n");
    }

    @Test
    void findsAChange() throws IOException {
        var lines = Files.readAllBytes(log().resolve("tile/entries/000"));
        lines[30] ^= 1;
        Files.write(log().resolve("tile/entries/000"), lines);

        assertThat(breakwater.run("audit", "verify", "--folder", "audit")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.out()).contains("tile/entries/000: Entry 0 is not the one that the log recorded.");

        assertThat(breakwater.run("audit", "verify", "--folder", "audit", "--output", "json"))
                .isEqualTo(ExitCode.FAILURE);
        var report = (Json.Obj) Json.parse(breakwater.out());
        assertThat(report.get("valid")).isEqualTo(Json.Bool.FALSE);
        assertThat(report.get("findings")).asString().contains("\"entry\":0");
    }

    @Test
    void comparesWithACheckpointFromElsewhere() throws IOException {
        Files.copy(log().resolve("checkpoint"), folder.resolve("elsewhere"));
        assertThat(breakwater.run("audit", "verify", "--folder", "audit", "--against", "elsewhere"))
                .isZero();

        Files.writeString(folder.resolve("elsewhere"), "garbage");
        assertThat(breakwater.run("audit", "verify", "--folder", "audit", "--against", "elsewhere"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("is not one of this log");
    }

    private static final String NO_STORE = "postgresql://breakwater@127.0.0.1:1/shop";

    @Test
    void verifiesTheLogOnItsOwnWhenTheStoreCannotBeReached() {
        breakwater.variable("STORE_URL", NO_STORE);

        assertThat(breakwater.run("audit", "verify", "--folder", "audit", "--against", "store"))
                .as(breakwater.err())
                .isEqualTo(ExitCode.UNREACHABLE);

        assertThat(breakwater.out()).isEqualTo("The audit log example.com/log is unchanged: 300 entries.\n");
        assertThat(breakwater.err())
                .contains("The store at 127.0.0.1:1/shop is not available: The store cannot be reached")
                .contains("The log was not compared with copies of its checkpoints.");
    }

    @Test
    void aChangeIsTheResultAlsoWhenTheStoreCannotBeReached() throws IOException {
        breakwater.variable("STORE_URL", NO_STORE);
        Files.delete(log().resolve("tile/entries/000"));

        assertThat(breakwater.run("audit", "verify", "--folder", "audit", "--against", "store"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.out()).contains("The audit log example.com/log was changed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "account"})
    void listsNothingWhenTheStoreCannotBeReached(String what) {
        breakwater.variable("STORE_URL", NO_STORE);

        assertThat(breakwater.run(what, "list")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains("The store at 127.0.0.1:1/shop is not available");
    }

    @Test
    void doesNotTrustAnotherKey() throws IOException {
        var other = FileAuditLog.open(
                new FileAuditSettings(folder.resolve("other"), "example.com/log", "t", null, Duration.ofHours(1)),
                CheckpointCopies.NONE);
        var key = other.verifier().toString();
        other.close();

        assertThat(breakwater.run("audit", "verify", "--folder", "audit", "--key", key))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.out()).contains("has not signed it");
        Files.writeString(folder.resolve("key"), key);
        assertThat(breakwater.run("audit", "verify", "--folder", "audit", "--key", "@key"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.run("audit", "verify", "--folder", "audit", "--key", "x"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void provesACall() throws IOException {
        assertThat(breakwater.run("audit", "prove", "call-7", "--folder", "audit", "--entry-file", "entry"))
                .isZero();
        assertThat(breakwater.out())
                .startsWith("c2sp.org/tlog-proof@v1\nindex 7\n")
                .endsWith(Files.readString(log().resolve("checkpoint")));
        assertThat(Files.readString(folder.resolve("entry"))).contains("\"request_id\":\"call-7\"");

        assertThat(breakwater.run("audit", "prove", "call-7", "--folder", "audit", "-o", "json"))
                .isZero();
        assertThat(((Json.Obj) Json.parse(breakwater.out())).text("entry"))
                .isEqualTo(Files.readString(folder.resolve("entry")));
    }

    @Test
    void saysWhyACallCannotBeProved() {
        assertThat(breakwater.run("audit", "prove", "call-300", "--folder", "audit"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("has no entry of the request call-300");

        try (var log = open()) {
            append(log, 300, 301);
            assertThat(breakwater.run("audit", "prove", "call-300", "--folder", "audit"))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(breakwater.err()).contains("after the next checkpoint");
        }
        assertThat(breakwater.run("audit", "prove", "call-300", "--folder", "audit"))
                .isZero();
    }

    @Test
    void saysWhenThereIsNoLog() {
        assertThat(breakwater.run("audit", "verify")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("set audit.folder");
        assertThat(breakwater.run("audit", "verify", "--folder", "nowhere")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("There is no audit log in");
    }

    @Test
    void aCommandThatMakesNoCallsLeavesTheLogToTheServer() {
        try (var log = open()) {
            assertThat(breakwater.run("tools", "--set", "audit.folder=" + log()))
                    .isZero();
            assertThat(breakwater.run(
                            "call",
                            "process_data",
                            "--set",
                            "audit.folder=" + log(),
                            "--args",
                            "{\"operation\":\"transform\",\"data\":{\"n\":1},\"options\":{\"expression\":\"n\"}}"))
                    .isEqualTo(ExitCode.FAILURE);
            assertThat(breakwater.err())
                    .contains("A running server writes the audit log in", "use --url http://HOST:PORT/mcp");
            assertThat(log.name()).isEqualTo("example.com/log");
        }
    }

    @Test
    void aCallInThisProcessIsRecorded() throws IOException {
        var secret = "canary-51c0";
        assertThat(breakwater.run(
                        "call",
                        "process_data",
                        "--set",
                        "audit.folder=" + folder.resolve("fresh"),
                        "--args",
                        "{\"operation\":\"transform\",\"data\":{\"n\":\"" + secret
                                + "\"},\"options\":{\"expression\":\"n\"}}"))
                .isZero();

        assertThat(breakwater.run("audit", "verify", "--folder", "fresh")).isZero();
        var recorded = new StringBuilder();
        try (var files = Files.walk(folder.resolve("fresh"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                recorded.append(new String(Files.readAllBytes(file), UTF_8));
            }
        }
        assertThat(recorded.toString())
                .contains("\"target\":\"process_data\"")
                .contains("\"outcome\":\"ok\"")
                .doesNotContain(secret);
    }

    @Test
    void theHelpNamesBothCommands() {
        assertThat(breakwater.run("audit", "--help")).isZero();
        assertThat(breakwater.out()).contains("verify").contains("prove");
    }
}
