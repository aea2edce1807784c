package io.breakwater.sample.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class CapturedLogTest {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.breakwater.captured.below");

    @Test
    void capturesTheLinesOfLoggersBelowUntilItIsClosed() {
        var log = CapturedLog.of("io.breakwater.captured");
        LOGGER.debug("not captured");
        LOGGER.info("line {}", 1);
        LOGGER.warn("line {}", 2);
        log.close();
        LOGGER.warn("line {}", 3);

        assertThat(log.lines()).containsExactly("INFO line 1", "WARN line 2");
        assertThat(log.messages()).containsExactly("line 1", "line 2");
        assertThat(log.warnings()).containsExactly("line 2");
        assertThat(log.count("line")).isEqualTo(2);
        assertThat(log.await("line")).isEqualTo("line 1");
    }

    @Test
    void capturesWarningsAlone() {
        try (var log = CapturedLog.ofWarnings("io.breakwater.captured")) {
            LOGGER.info("not captured");
            LOGGER.error("captured");

            assertThat(log.lines()).containsExactly("ERROR captured");
        }
    }

    @Test
    void passesEachLineToTheListener() {
        try (var log = CapturedLog.of("io.breakwater.captured")) {
            var reply = new ArrayList<String>();
            log.onLine(event -> reply.add(event.getFormattedMessage()));
            LOGGER.info("line");

            assertThat(reply).containsExactly("line");
        }
    }
}
