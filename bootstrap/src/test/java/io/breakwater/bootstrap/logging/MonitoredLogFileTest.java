package io.breakwater.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoredLogFileTest {
    @TempDir
    Path directory;

    private final LoggerContext context = new LoggerContext();
    private final AtomicInteger checks = new AtomicInteger();
    private MonitoredLogFile file;
    private Dependency dependency;

    @BeforeEach
    void open() {
        var encoder = new JsonLineEncoder();
        encoder.setContext(context);
        encoder.start();
        file = RotatingFile.at("log.file", directory.resolve("all.log"), context, encoder);
        dependency = file.dependency();
        dependency.signal().subscribe(checks::incrementAndGet);
    }

    @AfterEach
    void close() {
        file.stop();
    }

    @Test
    void isDownFromAFailureUntilALineIsWritten() throws Exception {
        file.newFailure(new IOException("No space left on device"));
        file.recoveryOccured();
        assertThatThrownBy(() -> dependency.probe().probe(ManualCallContext.unhurried()))
                .hasMessageContaining("No space left on device");

        file.newFailure(new IOException("No space left on device"));
        file.recoveryOccured();
        assertThat(checks).as("told once").hasValue(1);

        file.doAppend(line());
        dependency.probe().probe(ManualCallContext.unhurried());
        assertThat(checks).hasValue(2);
    }

    @Test
    void createsANewFileAfterARename() throws Exception {
        var path = directory.resolve("all.log");
        file.doAppend(line(0, "first"));
        Files.move(path, directory.resolve("all.log.old"));

        file.doAppend(line(500, "soon after"));
        file.doAppend(line(2_000, "later"));

        assertThat(directory.resolve("all.log.old"))
                .content()
                .contains("first", "soon after")
                .doesNotContain("later");
        assertThat(path).content().contains("later");
        dependency.probe().probe(ManualCallContext.unhurried());
        assertThat(checks).as("nothing was wrong").hasValue(0);
    }

    @Test
    void createsANewFileAfterARemoval() throws Exception {
        var path = directory.resolve("all.log");
        Files.delete(path);
        dependency.probe().probe(ManualCallContext.unhurried());

        file.doAppend(line(2_000, "later"));

        assertThat(path).content().contains("later");
    }

    @Test
    @CoversOutage("log: log output full or removed")
    void isDownWhileItsFolderIsAwayAndMakesNone() throws Exception {
        var away = directory.resolveSibling(directory.getFileName() + "-away");
        file.doAppend(line(0, "first"));
        Files.move(directory, away);

        file.doAppend(line(2_000, "lost"));
        assertThatThrownBy(() -> dependency.probe().probe(ManualCallContext.unhurried()))
                .hasMessageContaining("its folder does not exist");
        assertThat(directory).doesNotExist();

        Files.move(away, directory);
        file.doAppend(line(4_000, "later"));
        dependency.probe().probe(ManualCallContext.unhurried());
        assertThat(directory.resolve("all.log")).content().contains("later");
    }

    private LoggingEvent line() {
        return line(0, "hello");
    }

    private static LoggingEvent line(long time, String message) {
        var event = new LoggingEvent();
        event.setLoggerName("test");
        event.setLevel(ch.qos.logback.classic.Level.INFO);
        event.setMessage(message);
        event.setTimeStamp(time);
        event.setMDCPropertyMap(java.util.Map.of());
        return event;
    }
}
