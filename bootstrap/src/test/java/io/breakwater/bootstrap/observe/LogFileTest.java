package io.breakwater.bootstrap.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.memory.ManualScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path directory;

    private final LoggerContext context = new LoggerContext();
    private final AtomicInteger checks = new AtomicInteger();
    private LogFile file;
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
        assertThatThrownBy(() -> dependency.probe().probe(ManualScope.unhurried()))
                .hasMessageContaining("No space left on device");

        file.newFailure(new IOException("No space left on device"));
        file.recoveryOccured();
        assertThat(checks).as("told once").hasValue(1);

        file.doAppend(line());
        dependency.probe().probe(ManualScope.unhurried());
        assertThat(checks).hasValue(2);
    }

    private LoggingEvent line() {
        var event = new LoggingEvent();
        event.setLoggerName("test");
        event.setLevel(ch.qos.logback.classic.Level.INFO);
        event.setMessage("hello");
        event.setTimeStamp(0);
        event.setMDCPropertyMap(java.util.Map.of());
        return event;
    }
}
