package io.breakwater.core.presentation.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.cache.SampleReplica.Seen;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers of one deployment, and what they share. */
class SharedCacheTest {
    private final SampleDeployment shop = new SampleDeployment();

    @AfterEach
    void close() {
        shop.close();
    }

    private void shared(int values) {
        Eventually.holds(() -> shop.store.size() >= values);
    }

    @Test
    void whatOneMadeTheOtherFinds() {
        var one = shop.replica();
        var other = shop.replica();
        shop.archive.write("1", "one");

        assertThat(one.find("1")).isEqualTo(new Seen("one", "miss"));
        shared(3); // the result, its tag, and the tag of everything

        assertThat(other.find("1")).isEqualTo(new Seen("one", "hit"));
        assertThat(shop.archive.readings()).isEqualTo(1);
        assertThat(other.counted("shared", "hit")).isEqualTo(1);
    }

    @Test
    void aHitInTheSecondTierCostsOneGetAndFillsTheFirst() {
        var way = shop.way();
        var one = shop.replica();
        var other = shop.replica(
                plan -> plan.cache(way).eventBus(shop.bus.another(shop.line)).leases(shop.leases));
        one.find("1");
        one.find("2");
        shared(5);
        other.find("2"); // knows the tag of everything from now on
        shop.archive.write("1", "elsewhere");
        int before = way.gets();

        other.find("1");
        assertThat(way.gets() - before).as("its tag, then the result").isEqualTo(2);

        other.find("1");
        assertThat(way.gets() - before).as("from memory").isEqualTo(2);
    }

    @Test
    void aWriteOnOneIsSeenByTheOther() {
        var one = shop.replica();
        var other = shop.replica();
        shop.archive.write("1", "old");
        one.find("1");
        shared(3);
        other.find("1");

        one.save("1", "new");

        assertThat(other.find("1").text()).isEqualTo("new");
        assertThat(one.find("1").text()).isEqualTo("new");
    }

    @Test
    void withoutABusAWriteIsSeenAfterASecond() {
        var one = shop.replica(plan -> plan.cache(shop.store));
        var other = shop.replica(plan -> plan.cache(shop.store));
        shop.archive.write("1", "old");
        other.find("1");

        one.save("1", "new");
        shop.executors.pass(Duration.ofMillis(1_001));

        assertThat(other.find("1").text()).isEqualTo("new");
    }

    @Test
    void withABusAloneAWriteIsSeenToo() {
        var one = shop.replica(plan -> plan.eventBus(shop.bus.another(shop.line)));
        var other = shop.replica(plan -> plan.eventBus(shop.bus.another(shop.line)));
        shop.archive.write("1", "old");
        other.find("1");
        assertThat(other.find("1").status()).isEqualTo("hit");

        one.save("1", "new");

        assertThat(other.find("1").text()).isEqualTo("new");
    }

    @Test
    void aResultOlderThanAWriteOnAnotherServerIsNeverFound() {
        var one = shop.replica();
        var other = shop.replica();
        shop.archive.write("1", "old");
        shop.archive.onReading(id -> {
            shop.archive.onReading(again -> {});
            other.save("1", "new");
        });

        assertThat(one.find("1").text()).isEqualTo("old");

        assertThat(one.find("1").text()).isEqualTo("new");
        assertThat(other.find("1").text()).isEqualTo("new");
    }

    @Test
    void theOtherWaitsForWhoMakesTheResult() {
        var one = shop.replica();
        var other = shop.replica();
        var reading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        shop.archive.onReading(id -> {
            reading.countDown();
            go.await();
        });

        var first = one.begin("1");
        Eventually.holds(() -> reading.getCount() == 0);
        int wanted = shop.leases.wanted();
        var second = other.begin("1");
        Eventually.holds(() -> shop.leases.wanted() > wanted); // and did not get it
        go.countDown();

        assertThat(SampleReplica.seen(first).status()).isEqualTo("miss");
        Eventually.holds(() -> {
            shop.executors.pass(Duration.ofMillis(1));
            return second.result().isDone();
        });
        assertThat(SampleReplica.seen(second).status()).isEqualTo("hit");
        assertThat(shop.archive.readings()).isEqualTo(1);
    }

    @Test
    void theOtherMakesItItselfWhenThatTakesTooLong() {
        var one = shop.replica();
        var other = shop.replica();
        var reading = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        shop.archive.onReading(id -> {
            if (reading.getCount() > 0) {
                reading.countDown();
                never.await();
            }
        });
        var first = one.begin("1");
        Eventually.holds(() -> reading.getCount() == 0);

        var second = other.begin("1");
        Eventually.holds(() -> {
            shop.executors.pass(Duration.ofMillis(50));
            return second.result().isDone();
        });

        assertThat(SampleReplica.seen(second)).isEqualTo(new Seen("none", "miss"));
        never.countDown();
        assertThat(SampleReplica.seen(first).text()).isEqualTo("none");
    }

    @Test
    void theOtherTakesOverWhenWhoMakesItFails() {
        var one = shop.replica();
        var other = shop.replica();
        var reading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        shop.archive.onReading(id -> {
            if (reading.getCount() > 0) {
                reading.countDown();
                go.await();
                throw new ToolException(ErrorCode.EXTERNAL_ERROR, "The archive is closed.");
            }
        });
        var first = one.begin("1");
        Eventually.holds(() -> reading.getCount() == 0);
        var second = other.begin("1");
        go.countDown();

        assertThat(SampleReplica.seen(first).status()).isEqualTo("error");
        Eventually.holds(() -> {
            shop.executors.pass(Duration.ofMillis(1));
            return second.result().isDone();
        });
        assertThat(SampleReplica.seen(second)).isEqualTo(new Seen("none", "miss"));
    }

    @Test
    void onlyOneOfTwoServersRefreshesAStaleResult() {
        var way = shop.way();
        var one = shop.replica(
                plan -> plan.cache(way).eventBus(shop.bus.another(shop.line)).leases(shop.leases));
        var other = shop.replica();
        one.find("1");
        shared(3);
        other.find("1");
        var reading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        shop.archive.onReading(id -> {
            reading.countDown();
            go.await();
        });
        shop.archive.write("1", "new");
        shop.executors.pass(SampleReplica.TTL);

        assertThat(SampleReplica.seen(one.begin("1")).status()).isEqualTo("stale");
        Eventually.holds(() -> reading.getCount() == 0);
        int wanted = shop.leases.wanted();
        int puts = way.puts();
        assertThat(SampleReplica.seen(other.begin("1")).status()).isEqualTo("stale");
        Eventually.holds(() -> shop.leases.wanted() > wanted); // and did not get it
        go.countDown();
        Eventually.holds(() -> way.puts() > puts);
        Eventually.holds(() -> other.find("1").equals(new Seen("new", "hit")));

        assertThat(shop.archive.readings()).isEqualTo(2);
    }

    @Test
    void otherDeploymentsShareNothing() {
        var one = shop.replica();
        var foreign = shop.replica(plan -> plan.cache(shop.store)
                .eventBus(shop.bus.another(shop.line))
                .leases(shop.leases)
                .deployment("elsewhere"));
        one.find("1");
        shared(3);

        assertThat(foreign.find("1").status()).isEqualTo("miss");
    }

    @Test
    void afterALostConnectionNothingInMemoryIsTrusted() {
        var own = new SimulatedLink();
        var one = shop.replica();
        var other = shop.replica(
                plan -> plan.cache(shop.store).eventBus(shop.bus.another(own)).leases(shop.leases));
        shop.archive.write("1", "old");
        other.find("1");
        assertThat(other.find("1").status()).isEqualTo("hit");

        own.cut();
        one.save("1", "new"); // which the other cannot hear
        own.mend();

        assertThat(other.find("1").text()).isEqualTo("new");
    }

    @Test
    @CoversOutage("cache invalidation: Redis without its connection for events")
    void whileTheBusIsLostAWriteIsSeenAfterASecond() {
        var own = new SimulatedLink();
        var one = shop.replica();
        var other = shop.replica(
                plan -> plan.cache(shop.store).eventBus(shop.bus.another(own)).leases(shop.leases));
        own.cut();
        shop.archive.write("1", "old");
        other.find("1");

        one.save("1", "new");
        shop.executors.pass(Duration.ofMillis(1_001));

        assertThat(other.find("1").text()).isEqualTo("new");
    }
}
