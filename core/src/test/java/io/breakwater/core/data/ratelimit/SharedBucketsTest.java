package io.breakwater.core.data.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.PortException;
import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision;
import io.breakwater.port.driven.RateLimits.Decision.Admitted;
import io.breakwater.port.driven.RateLimits.Decision.Refused;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.settings.RateLimitSettings;
import io.breakwater.server.settings.RateLimitSettings.Sharing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several servers with one store. */
class SharedBucketsTest {
    private static final BucketKey ANN = new BucketKey(Scope.PRINCIPAL, "ann", "echo");
    private static final BucketKey ALL = new BucketKey(Scope.GLOBAL, "", "");
    private static final RateLimit LIMIT = RateLimit.perMinute(100);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final TimedExecutors executors = new TimedExecutors();
    private final CountedStore store = new CountedStore();
    private final SharedBuckets one = server(4);

    /** Buckets in memory that count the requests, and that a test may cut off. */
    private final class CountedStore implements RateLimits {
        private final RateLimits buckets = new MemoryRateLimits(1_000, executors::nanoTime, Runnable::run);
        private final AtomicInteger requests = new AtomicInteger();
        private volatile boolean down;

        @Override
        public Decision take(List<Charge> charges) {
            requests.incrementAndGet();
            if (down) {
                throw new PortException.UnavailableException("The store is down.", null, null);
            }
            return buckets.take(charges);
        }
    }

    private SharedBuckets server(int replicas) {
        var settings = RateLimitSettings.STANDARD.withSharing(new Sharing(replicas, Eventually.LIMIT, PERIOD));
        var local = new MemoryRateLimits(1_000, executors::nanoTime, Runnable::run);
        return new SharedBuckets(store, local, settings, executors);
    }

    @AfterEach
    void close() {
        executors.close();
    }

    private static int admitted(SharedBuckets server, int calls, Charge... charges) {
        return (int) IntStream.range(0, calls)
                .filter(i -> server.take(List.of(charges)) instanceof Admitted)
                .count();
    }

    private static Charge charge(BucketKey key, RateLimit limit) {
        return new Charge(key, limit, 1);
    }

    @Test
    void serversShareOneBucket() {
        var two = server(4);

        assertThat(admitted(one, 6, charge(ANN, LIMIT))).isEqualTo(6);
        assertThat(admitted(two, 20, charge(ANN, LIMIT))).isEqualTo(4);
        assertThat(admitted(one, 20, charge(ANN, LIMIT))).isZero();
    }

    @Test
    void cannotDecideAloneWhetherAKeyHasTokens() {
        assertThat(one.takeLocally(List.of(charge(ANN, LIMIT)))).isNull();

        assertThat(store.requests).hasValue(0);
    }

    @Test
    void anExhaustedKeyIsRefusedWithoutARequestUntilItHasATokenAgain() {
        admitted(one, 10, charge(ANN, LIMIT));

        assertThat(one.takeLocally(List.of(charge(ALL, LIMIT), charge(ANN, LIMIT))))
                .isEqualTo(new Refused(1, Duration.ofMillis(600)));
        executors.pass(Duration.ofMillis(599));
        assertThat(one.takeLocally(List.of(charge(ANN, LIMIT)))).isEqualTo(new Refused(0, Duration.ofMillis(1)));
        assertThat(store.requests).hasValue(10);

        executors.pass(Duration.ofMillis(1));
        assertThat(admitted(one, 1, charge(ANN, LIMIT))).isEqualTo(1);
        assertThat(store.requests).hasValue(11);
    }

    @Test
    void aKeyThatAnotherServerExhaustedCostsOneRequest() {
        admitted(server(4), 10, charge(ANN, LIMIT));
        int before = store.requests.get();

        assertThat(admitted(one, 100, charge(ANN, LIMIT))).isZero();

        assertThat(store.requests).hasValue(before + 1);
    }

    @Test
    void aKeyBelowSixtyThousandCallsInAMinuteIsNeverLeased() {
        var limit = new RateLimit(59_999, Duration.ofMinutes(1), 1_000);

        admitted(one, 100, charge(ANN, limit));

        assertThat(store.requests).hasValue(100);
    }

    @Test
    void aKeyWithManyCallsIsLeasedInBlocksOfAThousandthOfAMinute() {
        var limit = new RateLimit(1_000, Duration.ofSeconds(1), 1_000);

        assertThat(admitted(one, 600, charge(ANN, limit))).isEqualTo(600);

        assertThat(store.requests).hasValue(10);
        assertThat(one.takeLocally(List.of(charge(ANN, limit)))).isNull();
    }

    @Test
    void theGlobalLimitIsLeasedInBlocksOfATwoHundredth() {
        var limit = new RateLimit(6_000, Duration.ofMinutes(1), 600);

        assertThat(admitted(one, 60, charge(ALL, limit))).isEqualTo(60);

        assertThat(store.requests).hasValue(2);
    }

    @Test
    void leasedAndOtherKeysTakeOneRequestTogether() {
        var all = new RateLimit(6_000, Duration.ofMinutes(1), 600);

        assertThat(admitted(one, 20, charge(ANN, LIMIT), charge(ALL, all))).isEqualTo(10);

        assertThat(store.requests).hasValue(10);
        assertThat(admitted(one, 20, charge(ALL, all))).isEqualTo(20); // the refused calls took none
        assertThat(store.requests).hasValue(10);
    }

    @Test
    void serversTogetherAdmitNoMoreThanALeasedLimit() {
        var limit = new RateLimit(6_000, Duration.ofMinutes(1), 600);
        var two = server(4);
        int admitted = 0;
        for (int i = 0; i < 600; i++) {
            admitted += admitted(one, 1, charge(ALL, limit)) + admitted(two, 2, charge(ALL, limit));
        }

        assertThat(admitted).isEqualTo(600);
    }

    @Test
    void leasedTokensAreDroppedAfterAMinute() {
        var limit = new RateLimit(6_000, Duration.ofMinutes(1), 600);
        admitted(one, 1, charge(ALL, limit));

        executors.pass(Duration.ofMinutes(1));

        assertThat(one.takeLocally(List.of(charge(ALL, limit)))).isNull();
    }

    @Test
    @CoversOutage("rate limits: Redis down or frozen")
    void aServerAdmitsItsPartOfTheRateWhileTheStoreIsDown() {
        store.down = true;

        assertThat(admitted(one, 100, charge(ANN, LIMIT))).isEqualTo(2); // a quarter of the burst of 10
        executors.pass(Duration.ofMillis(4 * 600));
        assertThat(admitted(one, 100, charge(ANN, LIMIT))).isEqualTo(1);
    }

    @Test
    void aStoreThatIsDownCostsOneRequestAndOneLogLine() {
        store.down = true;

        try (var log = CapturedLog.of("io.breakwater.core.data.cache.CircuitBreaker")) {
            admitted(one, 100, charge(ANN, LIMIT));

            assertThat(store.requests).hasValue(1);
            assertThat(one.takeLocally(List.of(charge(ANN, LIMIT)))).isNotNull();
            assertThat(log.events()).hasSize(1);
            assertThat(log.events().getFirst().getFormattedMessage())
                    .startsWith(
                            "The shared rate limiter is not used for now: The store is down. Until it is, this server"
                                    + " uses its own memory;");
        }
    }

    @Test
    void isExactAgainWhenTheStoreIsBack() {
        store.down = true;
        admitted(one, 5, charge(ANN, LIMIT));
        store.down = false;

        executors.pass(PERIOD);
        Eventually.holds(() -> one.takeLocally(List.of(charge(ANN, LIMIT))) == null);

        assertThat(admitted(one, 100, charge(ANN, LIMIT))).isEqualTo(10);
    }

    @Test
    void aStoreThatFailsKeepsNoLeasedTokens() {
        var all = new RateLimit(6_000, Duration.ofMinutes(1), 600);
        admitted(one, 1, charge(ALL, all));
        store.down = true;

        admitted(one, 1, charge(ALL, all), charge(ANN, LIMIT));
        store.down = false;
        executors.pass(PERIOD);
        Eventually.holds(() -> one.takeLocally(List.of(charge(ANN, LIMIT))) == null);

        assertThat(admitted(one, 29, charge(ALL, all))).isEqualTo(29);
        assertThat(one.takeLocally(List.of(charge(ALL, all)))).isNull();
    }
}
