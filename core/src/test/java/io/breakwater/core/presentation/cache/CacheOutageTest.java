package io.breakwater.core.presentation.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.data.cache.FailingStore;
import io.breakwater.core.data.cache.FailingStore.FailureMode;
import io.breakwater.core.presentation.cache.SampleReplica.Seen;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.CacheSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls continue when the shared tier fails in any way. */
class CacheOutageTest {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final SampleDeployment shop = new SampleDeployment();
    private final FailingStore way = shop.way();
    private final SimulatedLink line = new SimulatedLink();
    private final SampleReplica one = shop.replica(this::onTheWay);

    @AfterEach
    void close() {
        shop.close();
    }

    private BreakwaterBuilder onTheWay(BreakwaterBuilder plan) {
        return plan.cache(way).eventBus(shop.bus.another(line)).leases(shop.leases);
    }

    /** One that waits for an answer as long as the defaults say. */
    private SampleReplica impatient() {
        var standard = CacheSettings.STANDARD;
        return shop.replica(plan ->
                onTheWay(plan).cacheSettings(SampleReplica.settings(standard.breakerPeriod(), standard.timeout())));
    }

    /**
     * Lets a period pass and waits for what the probe in the background finds. Time goes on meanwhile, but less than a
     * result lives: something that was begun during the outage may still fail after it, and open the breaker once more.
     */
    private void recovered() {
        shop.executors.pass(PERIOD);
        Eventually.holds(() -> {
            shop.executors.pass(PERIOD.dividedBy(100));
            int before = way.gets();
            one.find("probe" + before);
            return way.gets() > before;
        });
    }

    @ParameterizedTest
    @CoversOutage("result cache: Redis down or frozen")
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void callsGoOnInMemory(FailureMode failureMode) {
        var impatient = impatient();
        way.become(failureMode);
        shop.archive.write("1", "one");

        assertThat(impatient.find("1")).isEqualTo(new Seen("one", "miss"));
        assertThat(impatient.find("1")).isEqualTo(new Seen("one", "hit"));
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void itIsAskedOnceAndThenLeftAlone(FailureMode failureMode) {
        var impatient = impatient();
        way.become(failureMode);
        impatient.find("1");
        for (int i = 2; i < 10; i++) {
            impatient.find(Integer.toString(i));
        }

        assertThat(way.gets()).isLessThanOrEqualTo(1); // none when its first health check found out before
    }

    @ParameterizedTest
    @CoversOutage("result cache: Redis down or frozen")
    @EnumSource(names = {"DOWN", "BROKEN"})
    void itIsUsedAgainWhenItIsWellAgain(FailureMode failureMode) {
        var other = shop.replica();
        way.become(failureMode);
        one.find("1");
        way.become(FailureMode.NONE);
        recovered();

        one.find("2");
        Eventually.holds(() -> other.find("2").status().equals("hit"));
    }

    @Test
    void itIsAskedUntilItAnswers() {
        way.become(FailureMode.DOWN);
        one.find("1");
        shop.executors.pass(PERIOD);
        shop.executors.pass(PERIOD);

        way.become(FailureMode.NONE);
        Eventually.holds(() -> {
            shop.executors.pass(PERIOD);
            int before = way.gets();
            one.find("again " + before);
            return way.gets() > before;
        });
    }

    @Test
    @CoversOutage("cache invalidation: Redis down or frozen")
    void aWriteDuringTheOutageIsSeenHereAtOnceAndElsewhereAfterIt() {
        var other = shop.replica();
        shop.archive.write("1", "old");
        one.find("1");
        Eventually.holds(() -> other.find("1").status().equals("hit"));
        way.become(FailureMode.DOWN);
        one.find("2"); // finds out

        one.save("1", "new");
        assertThat(one.find("1").text()).isEqualTo("new");

        way.become(FailureMode.NONE);
        recovered();
        Eventually.holds(() -> other.find("1").text().equals("new"));
        assertThat(one.find("1").text()).isEqualTo("new");
    }

    @Test
    @CoversOutage("cache invalidation: Redis down or frozen")
    void aWriteThatFindsOutIsNotForgotten() {
        var other = shop.replica();
        shop.archive.write("1", "old");
        one.find("1");
        Eventually.holds(() -> other.find("1").status().equals("hit"));

        way.become(FailureMode.DOWN);
        one.save("1", "new");
        assertThat(one.find("1").text()).isEqualTo("new");

        way.become(FailureMode.NONE);
        recovered();
        Eventually.holds(() -> other.find("1").text().equals("new"));
    }

    @Test
    void aWriteThatCouldNotBeToldIsToldLater() {
        var other = shop.replica();
        shop.archive.write("1", "old");
        one.find("1");
        Eventually.holds(() -> other.find("1").status().equals("hit"));

        line.cut();
        one.save("1", "new");
        line.mend();
        recovered();

        Eventually.holds(() -> other.find("1").text().equals("new"));
    }

    @Test
    @CoversOutage("cache invalidation: Redis down or frozen")
    void moreWritesThanCanBeRememberedInvalidateEverything() {
        var other = shop.replica();
        shop.archive.write("1", "old");
        one.find("1");
        Eventually.holds(() -> other.find("1").status().equals("hit"));
        way.become(FailureMode.DOWN);

        one.save("1", "new");
        for (int i = 0; i < 300; i++) {
            one.save("further " + i, "x");
        }
        way.become(FailureMode.NONE);
        recovered();

        Eventually.holds(() -> other.find("1").text().equals("new"));
    }

    @Test
    @CoversOutage("result cache: Redis with foreign or corrupt values")
    void garbageIsAMissAndIsReplaced() {
        sharedBy(way);
        way.distort(FailingStore.garbage());
        var other = shop.replica(plan -> plan.cache(way));

        int puts = way.puts();
        assertThat(other.find("1")).isEqualTo(new Seen("none", "miss"));
        Eventually.holds(() -> way.puts() >= puts + 3);

        way.distort(value -> value);
        assertThat(shop.replica(plan -> plan.cache(way)).find("1")).isEqualTo(new Seen("none", "hit"));
    }

    @Test
    @CoversOutage("result cache: Redis with foreign or corrupt values")
    void aHugeValueIsAMiss() {
        sharedBy(way);
        way.distort(FailingStore.huge());

        assertThat(shop.replica(plan -> plan.cache(way)).find("1").status()).isEqualTo("miss");
    }

    @Test
    @CoversOutage("result cache: Redis with foreign or corrupt values")
    void aValueOfAnotherKeyIsAMiss() {
        sharedBy(way);
        var stolen = new byte[1][];
        way.distort(value -> {
            stolen[0] = value;
            return value;
        });
        shop.replica(plan -> plan.cache(way)).find("1");
        way.distort(FailingStore.always(stolen[0]));

        assertThat(shop.replica(plan -> plan.cache(way)).find("2").status()).isEqualTo("miss");
    }

    private void sharedBy(FailingStore store) {
        int before = store.puts();
        one.find("1");
        Eventually.holds(() -> store.puts() >= before + 3);
    }

    @Test
    void theHealthReportSaysSo() {
        assertThat(one.health()).isEqualTo("healthy");
        way.become(FailureMode.DOWN);
        one.find("1");

        Eventually.holds(() -> {
            shop.executors.pass(Duration.ofSeconds(30));
            return one.health().equals("degraded");
        });
        way.become(FailureMode.NONE);
        Eventually.holds(() -> {
            shop.executors.pass(Duration.ofSeconds(30));
            return one.health().equals("healthy");
        });
    }
}
