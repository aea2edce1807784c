package io.breakwater.bootstrap.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.config.LogSettings;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationWatchTest {
    private final List<LogSettings.Level> levels = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private long edits;

    private void write(String text) throws IOException {
        var file = folder.resolve("breakwater.yaml");
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000 * ++edits));
    }

    private ConfigurationWatch watch() {
        var sources = new ConfigurationSources(null, Map.of(), List.of(), folder);
        return ConfigurationWatch.begin(
                sources,
                Configuration.load(sources),
                settings -> levels.add(settings.log().level()));
    }

    /** A change counts when the second check finds the same file. */
    private static void checkUntilRead(ConfigurationWatch watch) {
        watch.check();
        watch.check();
    }

    @Test
    void tellsOfWhatIsWrittenAndOnlyThen() throws IOException {
        write("log:\n  level: info\n");
        try (var watch = watch()) {
            watch.check();
            assertThat(levels).isEmpty();

            write("log:\n  level: debug\n");
            checkUntilRead(watch);
            watch.check();
            assertThat(levels).containsExactly(LogSettings.Level.DEBUG);
        }
    }

    @Test
    @CoversOutage("configuration: configuration file not valid after a change")
    void leavesMistakesAside() throws IOException {
        write("log:\n  level: info\n");
        try (var watch = watch()) {
            write("log:\n  level: loud\n");
            checkUntilRead(watch);
            assertThat(levels).isEmpty();

            write("log:\n  level: warn\n");
            checkUntilRead(watch);
            assertThat(levels).containsExactly(LogSettings.Level.WARN);
        }
    }

    @Test
    @CoversOutage("configuration: configuration file half-written")
    void doesNotReadAFileThatIsStillBeingWritten() throws IOException {
        write("log:\n  level: info\n");
        try (var watch = watch()) {
            write("log:\n");
            watch.check();
            write("log:\n  level: debug\n");
            watch.check();
            assertThat(levels).isEmpty();

            watch.check();
            assertThat(levels).containsExactly(LogSettings.Level.DEBUG);
        }
    }

    @Test
    void aFileThatGoesChangesNothing() throws IOException {
        write("log:\n  level: error\n");
        try (var watch = watch();
                var log = CapturedLog.of(ConfigurationWatch.class)) {
            var file = folder.resolve("breakwater.yaml");
            Files.delete(file);
            checkUntilRead(watch);
            watch.check();

            assertThat(levels).isEmpty();
            assertThat(log.lines())
                    .containsExactly(
                            "WARN The configuration file " + file + " was removed; the server keeps its settings.");

            write("log:\n  level: debug\n");
            checkUntilRead(watch);
            assertThat(levels).containsExactly(LogSettings.Level.DEBUG);
        }
    }

    @Test
    void theLogSaysWhatHasTakenEffectAndWhatNeedsARestart() throws IOException {
        write("log:\n  level: error\n");
        try (var watch = watch();
                var log = CapturedLog.of(ConfigurationWatch.class)) {
            write(
                    "log:\n  level: debug\nhttp:\n  port: 9000\naccess: {rules: [{name: all, effect: allow, tools: ['*']}]}\n");
            checkUntilRead(watch);
            write("log:\n  level: debug\nhttp:\n  port: 9000\n");
            checkUntilRead(watch);
            write("log:\n  level: debug\naccess: {rules: [{name: all, effect: allow, tools: ['*']}]}\n");
            checkUntilRead(watch);

            assertThat(log.lines())
                    .containsExactly(
                            "INFO The configuration has changed. In effect now: access.rules, log.level. In effect after"
                                    + " a restart: http.port.",
                            "INFO The configuration has changed. In effect after a restart: access.rules, http.port.",
                            "INFO The configuration has changed. No setting that reports show has another value.");
        }
    }
}
