package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.waiting.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators read when Redis goes away: several parts of the server notice it, and one of them warns. */
@Tag("server")
class RedisFaultLogTest {
    @TempDir
    Path folder;

    private final RedisServer redis = RedisServer.start(RedisProgram.BUNDLED);

    @Test
    @CoversOutage("result cache: Redis down or frozen")
    void oneFaultIsOneWarning() throws Exception {
        var breakwater = new CommandRun(folder).variable("REDIS_URL", redis.url());
        var running = breakwater.start("serve", "--port", "0");
        int before;
        try (redis) {
            await(breakwater::log, "redis is up.", "cache is up.");
            before = breakwater.log().length();

            redis.kill();
            await(
                    () -> since(before, breakwater),
                    "Events of other replicas are not received",
                    "redis is down",
                    "cache is down");

            redis.restart();
            await(() -> since(before, breakwater), "redis is up.", "cache is up.");
        } finally {
            breakwater.signal(StopSignal.TERM);
        }

        assertThat(running.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
        assertThat(warningsOfTheFault(since(before, breakwater)))
                .singleElement()
                .asString()
                .contains("cache is down: ");
        assertThat(since(before, breakwater)).contains("redis is down: ");
        assertThat(breakwater.log()).contains("Using Redis at 127.0.0.1:" + redis.port());
    }

    /** On a slow machine there may be others before Redis goes away, and after it is back. */
    private static List<String> warningsOfTheFault(String log) {
        return log.substring(0, log.indexOf("cache is up."))
                .lines()
                .filter(line -> line.contains("\"level\":\"WARN\""))
                .toList();
    }

    private static String since(int before, CommandRun breakwater) {
        return breakwater.log().substring(before);
    }

    /** Waits until the part of the log has all of these. */
    private static void await(Supplier<String> log, String... words) {
        Eventually.holds(() -> Stream.of(words).allMatch(log.get()::contains), log);
    }
}
