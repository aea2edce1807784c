package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the options that the launcher chooses, a JVM whose heap is used up ends and says why on standard error. */
class HeapUsedUpTest {
    private static final String SCRIPT =
            "here=src/dist; . src/dist/jvm.sh; choose_options \"$1\"; shift; exec \"$@\" \"${options[@]}\" -Xmx16m -cp \"$CLASSES\" '"
                    + Glutton.class.getName() + "'";

    @TempDir
    Path folder;

    /** Takes memory until there is none. */
    static final class Glutton {
        private Glutton() {}

        public static void main(String[] arguments) {
            var held = new ArrayList<byte[]>();
            while (held.size() < Integer.MAX_VALUE) {
                held.add(new byte[1 << 20]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "stdio"})
    void theReasonIsOnStandardErrorAlone(String command) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var errors = folder.resolve("errors");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder("bash", "-c", SCRIPT, "bash", command, java)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        process.environment().put("CLASSES", Path.of("target", "test-classes").toString());

        assertThat(process.start().waitFor()).isEqualTo(3);
        assertThat(output).isEmptyFile();
        assertThat(Files.readString(errors)).contains("java.lang.OutOfMemoryError: Java heap space");
    }
}
