package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.EventBus;
import io.breakwater.sample.redis.MuteServer;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.redis.RedisWait;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No caller waits longer than the time limit of an operation. The timeouts of sockets are an hour here, so only the
 * limit on the whole operation can end the operations of these tests.
 */
@Tag("server")
class OperationTimeoutTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @EnumSource
    void timesOutWhenTheServerAcceptsAndStaysSilent(Operation operation) {
        try (var silent = MuteServer.saying();
                var redis = redis(silent.url())) {
            isUnavailable(operation, redis);
        }
    }

    @ParameterizedTest
    @EnumSource
    void timesOutWhenTheServerIsFrozen(Operation operation) {
        try (var server = RedisServer.start(RedisProgram.BUNDLED);
                var redis = redis(server.url())) {
            RedisWait.until(() -> works(Operation.GET, redis));
            server.freeze();
            isUnavailable(operation, redis);

            server.thaw();
            RedisWait.until(() -> works(operation, redis));
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsImmediatelyWhenNoServerListens(Operation operation) {
        var server = MuteServer.saying();
        server.close();
        try (var redis = redis(server.url())) {
            isUnavailable(operation, redis);
        }
    }

    @Test
    void timesOutWhenAResponseIsIncomplete() {
        try (var stuck = MuteServer.saying("$100\r\nabc".getBytes(US_ASCII));
                var redis = redis(stuck.url())) {
            isUnavailable(Operation.GET, redis);
        }
    }

    @Test
    void rejectsAServerThatIsNotRedis() {
        try (var other = MuteServer.saying("HTTP/1.1 400\r\n\r\n".getBytes(US_ASCII));
                var redis = redis(other.url())) {
            isUnavailable(Operation.GET, redis);
            isUnavailable(Operation.PROBE, redis);
        }
    }

    @Test
    void timesOutWhenAClusterOrSentinelsStaySilent() {
        try (var silent = MuteServer.saying();
                var cluster = RedisServices.open(impatient(RedisSettings.cluster(silent.url())));
                var sentinel = RedisServices.open(impatient(RedisSettings.sentinel(silent.url(), "any")))) {
            isUnavailable(Operation.GET, cluster);
            isUnavailable(Operation.GET, sentinel);
        }
    }

    @Test
    void neverBlocksMoreCallersThanConnections() {
        try (var silent = MuteServer.saying();
                var redis = RedisServices.open(
                        impatient(RedisSettings.single(silent.url())).withConnections(2))) {
            RedisWait.until(() -> failureMessage(Operation.GET, redis).equals("All connections to Redis are in use."));
            assertThat(failureMessage(Operation.PUT, redis)).isEqualTo("All connections to Redis are in use.");
        }
    }

    @Test
    void failsForAnInterruptedCaller() throws Exception {
        try (var silent = MuteServer.saying();
                var redis =
                        RedisServices.open(RedisSettings.single(silent.url()).withTimes(HOUR, HOUR))) {
            var outcome = new AtomicReference<Throwable>();
            var done = new CountDownLatch(1);
            var caller = Thread.ofVirtual().start(() -> {
                try {
                    Operation.GET.on(redis);
                } catch (Throwable e) {
                    outcome.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("not interrupted", e));
                } finally {
                    done.countDown();
                }
            });
            silent.awaitConnections(1);

            caller.interrupt();
            done.await();

            assertThatThrownBy(() -> {
                        throw outcome.get();
                    })
                    .isInstanceOf(PortException.UnavailableException.class);
        }
    }

    @Test
    void closesItsConnectionsWhenItIsClosed() {
        try (var silent = MuteServer.saying()) {
            var redis = redis(silent.url());
            redis.eventBus().subscribe("topic", new Indifferent());
            silent.awaitConnections(2); // of the first ping, and of the event bus

            redis.close();

            silent.awaitEnds(2);
            isUnavailable(Operation.PUT, redis);
        }
    }

    private static RedisServices redis(String url) {
        return RedisServices.open(impatient(RedisSettings.single(url)));
    }

    private static RedisSettings impatient(RedisSettings settings) {
        return settings.withTimes(Duration.ofMillis(100), HOUR);
    }

    /** In a time that is much shorter than that of a socket. */
    private static void isUnavailable(Operation operation, RedisServices redis) {
        var call = new FutureTask<>(() -> {
            operation.on(redis);
            return "an answer";
        });
        Thread.startVirtualThread(call);
        assertThat(call)
                .failsWithin(Eventually.LIMIT)
                .withThrowableThat()
                .withCauseInstanceOf(PortException.UnavailableException.class);
    }

    private static boolean works(Operation operation, RedisServices redis) {
        return failureMessage(operation, redis).isEmpty();
    }

    /** The words of its failure; none when it works. */
    private static String failureMessage(Operation operation, RedisServices redis) {
        try {
            operation.on(redis);
            return "";
        } catch (PortException.UnavailableException e) {
            return e.getMessage() == null ? "?" : e.getMessage();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static final class Indifferent implements EventBus.Listener {
        @Override
        public void message(byte[] message) {}

        @Override
        public void connected() {}

        @Override
        public void lost() {}
    }
}
