package io.breakwater.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.bootstrap.config.LogSettings;
import io.breakwater.bootstrap.config.LogSettings.Format;
import io.breakwater.bootstrap.config.LogSettings.Level;
import io.breakwater.bootstrap.console.Terminal;
import io.breakwater.port.PortException;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.interceptor.RequestLogging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingTest {
    private static final Logger OURS = LoggerFactory.getLogger("io.breakwater.test");
    private static final Logger THEIRS = LoggerFactory.getLogger("org.example.library");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static LogSettings settings(Level level, Format format, @Nullable Path file, @Nullable Path errors) {
        return new LogSettings(level, format, file, errors, RequestLogging.ERRORS);
    }

    private Logging json(Level level) {
        return Logging.begin(settings(level, Format.AUTO, null, null), err, Terminal.NONE);
    }

    private Logging text() {
        return Logging.begin(settings(Level.INFO, Format.TEXT, null, null), err, Terminal.NONE);
    }

    private static void during(Logging logging, Runnable work) {
        try {
            work.run();
        } finally {
            logging.close();
            MDC.clear();
        }
    }

    private List<String> lines() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void writesJsonLinesWithTheContextOfTheCall() {
        MDC.put("request_id", "r-1");
        during(json(Level.INFO), () -> {
            OURS.atInfo()
                    .addKeyValue("tool", "echo")
                    .addKeyValue("duration_ms", 12)
                    .addKeyValue("cached", true)
                    .addKeyValue("ratio", 0.5)
                    .addKeyValue("level", "mine")
                    .log("call {}", "ended");
        });

        assertThat(lines())
                .singleElement()
                .asString()
                .matches("\\{\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{3}Z\""
                        + ",\"level\":\"INFO\",\"logger\":\"io.breakwater.test\",\"message\":\"call ended\""
                        + ",\"tool\":\"echo\",\"duration_ms\":12,\"cached\":true,\"ratio\":0.5,\"_level\":\"mine\""
                        + ",\"request_id\":\"r-1\"\\}");
    }

    @Test
    void writesExceptionsOnTheSameLine() {
        during(json(Level.INFO), () -> {
            OURS.error("failed", new IllegalStateException("outer", new IOException("in\nner")));
        });

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("\"exception\":\"java.lang.IllegalStateException: outer\\n\\tat io.breakwater")
                .contains("\\nCaused by: java.io.IOException: in\\\\nner\"}");
    }

    @Test
    void nothingInsideAMessageBeginsALineOfItsOwn() {
        during(json(Level.INFO), () -> {
            OURS.atInfo().addKeyValue("na\nme", "va\r\nlue").log("a\r\n{\"level\":\"ERROR\"}\u001b[2J\u2028");
        });
        assertThat(lines())
                .singleElement()
                .asString()
                .contains(
                        "\"message\":\"a\\r\\n{\\\"level\\\":\\\"ERROR\\\"}\\u001b[2J\\u2028\",\"na\\nme\":\"va\\r\\nlue\"");
    }

    @Test
    void nothingInsideATextMessageBeginsALineOrCommandsTheTerminal() {
        during(text(), () -> {
            OURS.atWarn().addKeyValue("name", "va\r\nlue").log("a\r\nb\u001b[2J");
            OURS.warn("failed", new IOException("x\n12:00:00.000 ERROR forged\u001b[2J"));
        });

        assertThat(lines().getFirst()).endsWith(" WARN  a\\r\\nb\\u001b[2J  name=va\\r\\nlue");
        assertThat(lines().get(2)).isEqualTo("java.io.IOException: x\\n12:00:00.000 ERROR forged\\u001b[2J");
        assertThat(lines().get(3)).startsWith("\tat io.breakwater");
    }

    @Test
    void colourIsForTerminals() {
        during(Logging.begin(settings(Level.INFO, Format.AUTO, null, null), err, new Terminal(true, true)), () -> {
            OURS.error("a");
        });

        assertThat(lines()).singleElement().asString().contains(" \u001b[31mERROR\u001b[0m a");
    }

    @Test
    void levelsChangeWhileRunning() {
        try (var logging = json(Level.WARN)) {
            OURS.info("too quiet");
            logging.level(Level.DEBUG);
            OURS.debug("loud enough");
        }

        assertThat(lines()).singleElement().asString().contains("loud enough");
    }

    @Test
    void librariesAreOneLevelQuieter() {
        during(json(Level.INFO), () -> {
            THEIRS.info("chatter");
            THEIRS.warn("trouble");
        });

        assertThat(lines()).singleElement().asString().contains("trouble");
    }

    @Test
    void theRedisClientWarnsOnlyAtLevelDebug() {
        var jedis = LoggerFactory.getLogger("redis.clients.jedis.example");
        try (var logging = json(Level.INFO)) {
            jedis.warn("again and again");
            jedis.error("once");
            logging.level(Level.DEBUG);
            jedis.warn("for who looks closely");
        }

        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst()).contains("once");
        assertThat(lines().getLast()).contains("for who looks closely");
    }

    @Test
    void whatTheJdkAndNettyLogArrivesToo() {
        during(json(Level.INFO), () -> {
            System.getLogger("jdk.example").log(System.Logger.Level.WARNING, "from the JDK");
            io.netty.util.internal.logging.InternalLoggerFactory.getInstance("io.netty.example")
                    .warn("from Netty");
            io.vertx.core.internal.logging.LoggerFactory.getLogger("io.vertx.example")
                    .warn("from Vert.x");
        });

        assertThat(lines())
                .extracting(line -> line.replaceAll(".*\"message\":\"([^\"]*)\".*", "$1"))
                .containsExactly("from the JDK", "from Netty", "from Vert.x");
    }

    @Test
    void filesGetAllLinesAndErrorsTheirOwn() throws IOException {
        var all = directory.resolve("all.log");
        var errors = directory.resolve("errors.log");
        during(Logging.begin(settings(Level.INFO, Format.TEXT, all, errors), err, Terminal.NONE), () -> {
            OURS.info("fine");
            OURS.error("broken");
        });

        assertThat(Files.readAllLines(all))
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"timestamp\""))
                .first()
                .asString()
                .contains("Started logging");
        assertThat(Files.readAllLines(errors)).singleElement().asString().contains("broken");
    }

    @Test
    void filesRotateAndFiveOldOnesStay() throws IOException {
        var file = directory.resolve("all.log");
        var line = "x".repeat(1 << 20);
        for (int rotation = 0; rotation < 7; rotation++) {
            during(
                    Logging.begin(
                            settings(Level.INFO, Format.JSON, file, null),
                            OutputStream.nullOutputStream(),
                            Terminal.NONE),
                    () -> {
                        for (int i = 0; i < 11; i++) {
                            OURS.info(line);
                        }
                    });
        }

        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "all.log", "all.log.1", "all.log.2", "all.log.3", "all.log.4", "all.log.5");
        }
    }

    @Test
    void refusesAFileThatCannotBeWritten() throws IOException {
        var notAFolder = Files.writeString(directory.resolve("plain"), "");

        assertThatThrownBy(() -> Logging.begin(
                        settings(Level.INFO, Format.JSON, notAFolder.resolve("x.log"), null), err, Terminal.NONE))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void tellsFromTheBeginningThatAFileCannotBeWritten() {
        try (var logging =
                Logging.begin(settings(Level.INFO, Format.JSON, Path.of("/dev/full"), null), err, Terminal.NONE)) {
            var file = logging.dependencies().getFirst();

            assertThat(file.name()).isEqualTo("log.file");
            assertThatThrownBy(() -> file.probe().probe(ManualCallContext.unhurried()))
                    .isInstanceOf(PortException.UnavailableException.class)
                    .hasMessage("The log file /dev/full cannot be written: No space left on device."
                            + " Its lines are lost until the problem is solved.");
        }
    }

    @Test
    void makesNoFolder() {
        var missing = directory.resolve("typo/all.log");

        assertThatThrownBy(() -> Logging.begin(settings(Level.INFO, Format.JSON, missing, null), err, Terminal.NONE))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("The log file " + missing + " cannot be written: its folder does not exist."
                        + " Create the folder, or change log.file.");
        assertThat(missing.getParent()).doesNotExist();
    }

    @Test
    @CoversOutage("log: log output not read, or slow")
    void neverWaitsForAReaderAndCountsWhatIsLost() throws InterruptedException {
        var released = new CountDownLatch(1);
        var stuck = new OutputStream() {
            @Override
            public void write(int b) {
                err.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                try {
                    released.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                err.write(bytes, offset, length);
            }
        };
        during(Logging.begin(settings(Level.INFO, Format.JSON, null, null), stuck, Terminal.NONE), () -> {
            for (int i = 0; i < 5_000; i++) {
                OURS.info("line");
            }
            released.countDown();
        });

        assertThat(lines().getLast()).matches(".*\"level\":\"WARN\".*\"Dropped 9\\d\\d log lines, because.*");
    }
}
