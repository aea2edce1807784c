package io.breakwater.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code breakwater stdio} at the end of a pipe, as with printf: messages of both eras, and garbage between them. */
class StdioTest {
    private static final String INITIALIZE =
            "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"pipe\",\"version\":\"1\"}";

    @Test
    void answersEachLineWithALineAndEndsWithItsInput() throws Exception {
        var garbage = BadMessages.noJson();
        var input = new ByteArrayOutputStream();
        line(input, Messages.modern("\"m1\"", "server/discover", ""));
        for (var each : garbage) {
            line(input, each);
        }
        line(input, Messages.legacy("\"l1\"", "initialize", INITIALIZE));
        line(input, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        line(input, Messages.legacy("\"l2\"", "tools/list", ""));
        line(input, Messages.modern("\"m2\"", "tools/call", "\"name\":\"health_check\""));

        var output = output(input.toByteArray());

        assertThat(output).allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\",") && line.endsWith("}"));
        assertThat(output).filteredOn(line -> line.contains("\"code\":-32700")).hasSize(garbage.length);
        assertThat(answer(output, "m1")).contains("\"supportedVersions\"");
        assertThat(answer(output, "l1")).contains("\"protocolVersion\":\"2025-11-25\"");
        assertThat(answer(output, "l2")).contains("\"process_data\"");
        assertThat(answer(output, "m2")).contains("\"structuredContent\"");
        assertThat(output).hasSize(garbage.length + 4);
    }

    @Test
    void namesTheSettingAndTheRequestWhenALineIsTooLong() throws Exception {
        var input = new ByteArrayOutputStream();
        line(input, "{\"method\":\"tools/call\",\"params\":{\"a\":\"" + "x".repeat(1 << 20) + "\"},\"id\":\"long\"}");
        line(input, Messages.modern("\"next\"", "server/discover", ""));

        var output = output(input.toByteArray());

        assertThat(answer(output, "long")).contains("\"code\":-32600", "stdio.max-line");
        assertThat(answer(output, "next")).contains("\"supportedVersions\"");
    }

    @Test
    void answersABatchWithOneArray() throws Exception {
        var input = new ByteArrayOutputStream();
        line(input, Messages.legacy("\"i\"", "initialize", INITIALIZE.replace("2025-11-25", "2025-03-26")));
        line(
                input,
                "[" + Messages.legacy("\"b1\"", "tools/list", "") + "," + Messages.legacy("\"b2\"", "ping", "") + "]");

        assertThat(output(input.toByteArray()))
                .filteredOn(line -> line.startsWith("["))
                .singleElement()
                .asString()
                .contains("\"id\":\"b1\"", "\"id\":\"b2\"")
                .endsWith("]");
    }

    @Test
    void endsAtOnceWhenItsInputIsClosed() throws Exception {
        var process = through("exec \"$@\" <&-");

        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void namesALimitOnOpenFilesThatIsTooSmall() throws Exception {
        var process = through("ulimit -n 60; exec \"$@\" 2>&1");

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo(
                        "breakwater: this process may open 60 files, and 'breakwater stdio' needs at least 128: raise the limit on"
                                + " open files (ulimit -n)\n");
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(69);
    }

    @Test
    void startsWithTheSmallestLimitOnOpenFiles() throws Exception {
        var process = through("ulimit -n 128; exec \"$@\"");
        process.getOutputStream()
                .write(Messages.modern("1", "server/discover", "").getBytes(UTF_8));
        process.getOutputStream().close();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).contains("\"supportedVersions\"");
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** Starts it through a shell, which says what becomes of it. */
    private static Process through(String script) throws IOException {
        var command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(Distribution.command("stdio"));
        return new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    }

    private static void line(ByteArrayOutputStream input, String text) {
        line(input, text.getBytes(UTF_8));
    }

    private static void line(ByteArrayOutputStream input, byte[] bytes) {
        input.writeBytes(bytes);
        input.write('\n');
    }

    private static String answer(List<String> output, String id) {
        return output.stream()
                .filter(line -> line.contains("\"id\":\"" + id + "\""))
                .reduce((one, other) -> one + "\nand again " + other)
                .orElse("nothing");
    }

    private static List<String> output(byte[] input) throws Exception {
        var process = new ProcessBuilder(Distribution.command("stdio"))
                .redirectError(Redirect.DISCARD)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(input);
        }
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output.lines().toList();
    }
}
