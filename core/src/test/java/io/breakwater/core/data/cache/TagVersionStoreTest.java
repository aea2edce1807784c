package io.breakwater.core.data.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.cache.TagId;
import io.breakwater.core.business.cache.TagVersions;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.memory.MemoryEventBus;
import io.breakwater.port.memory.MemoryStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.CacheSettings;
import io.breakwater.server.execution.TimedExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagVersionStoreTest {
    private static final TagId EVERY = TagId.all("shop");
    private static final TagId TAG = TagId.of("shop", "order:1");
    private static final TagId OTHER = TagId.of("shop", "order:2");
    private static final String TOPIC = "cache:shop";

    private final TimedExecutors executors = new TimedExecutors();
    private final SimulatedLink line = new SimulatedLink();
    private final MemoryStore store = new MemoryStore(line, executors::nanoTime);
    private final MemoryEventBus bus = MemoryEventBus.on(line);
    private final AtomicInteger gaps = new AtomicInteger();
    private final List<TagVersionStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TagVersionStore::close);
        executors.close();
    }

    private TagVersionStore tagVersions(@Nullable CacheStore tier, @Nullable MemoryEventBus news) {
        return tagVersions(tier, news, Eventually.LIMIT);
    }

    private TagVersionStore tagVersions(@Nullable CacheStore tier, @Nullable MemoryEventBus news, Duration timeout) {
        var meters = ServerMetrics.standalone(executors);
        var sharedTier = new SharedTier(
                new SharedTier.Ports(tier, news, null),
                timeout,
                Duration.ofSeconds(5),
                executors,
                meters.cache("shared"));
        var settings = new TagVersionSettings(TOPIC, EVERY, 1_000);
        var seed = new SplittableRandom(opened.size());
        var tagVersions = new TagVersionStore(
                sharedTier, settings, executors, meters.cache("memory"), seed, gaps::incrementAndGet);
        opened.add(tagVersions.start());
        return tagVersions;
    }

    private TagVersionStore tagVersions() {
        return tagVersions(store, bus.another(line));
    }

    private static TagVersions ask(TagVersionStore tagVersions, TagId... tags) {
        try {
            return tagVersions.fetch(List.of(tags));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void booksThatShareATierAgree() {
        var one = tagVersions();
        var other = tagVersions();

        assertThat(ask(one, TAG, OTHER)).isEqualTo(ask(other, TAG, OTHER));
        assertThat(ask(one, TAG).number(0)).isNotEqualTo(ask(one, OTHER).number(0));
    }

    @Test
    void whatWasAskedIsKnown() {
        var tagVersions = tagVersions();
        assertThat(tagVersions.getIfKnown(List.of(TAG))).isNull();

        var future = ask(tagVersions, TAG);

        assertThat(tagVersions.getIfKnown(List.of(TAG))).isEqualTo(future);
        assertThat(tagVersions.getIfKnown(List.of(TAG, OTHER))).isNull();
    }

    @Test
    void withoutATierEverythingIsKnownAtOnce() {
        var tagVersions = tagVersions(null, null);

        var known = requireNonNull(tagVersions.getIfKnown(List.of(TAG)));

        assertThat(tagVersions.getIfKnown(List.of(TAG))).isEqualTo(known);
        tagVersions.increment(Set.of(TAG));
        assertThat(tagVersions.getIfKnown(List.of(TAG))).isNotEqualTo(known);
    }

    @Test
    void aRenewedTagIsAnotherEverywhere() {
        var one = tagVersions();
        var other = tagVersions();
        var before = ask(one, TAG);
        ask(other, TAG);

        one.increment(Set.of(TAG));

        assertThat(one.unchanged(before)).isFalse();
        assertThat(other.unchanged(before)).isFalse();
        assertThat(ask(one, TAG)).isEqualTo(ask(other, TAG)).isNotEqualTo(before);
        assertThat(one.unchanged(ask(one, TAG))).isTrue();
    }

    @Test
    void aBeliefLastsAMinuteInCaseNewsGotLost() {
        var tagVersions = tagVersions();
        ask(tagVersions, TAG);

        executors.pass(Duration.ofSeconds(59));
        assertThat(tagVersions.getIfKnown(List.of(TAG))).isNotNull();

        executors.pass(Duration.ofSeconds(2));
        assertThat(tagVersions.getIfKnown(List.of(TAG))).isNull();
    }

    @Test
    @CoversOutage("result cache: Redis restarted empty")
    void aTagThatTheTierHasLostIsNeverTheOldOneAgain() {
        var tagVersions = tagVersions();
        var before = ask(tagVersions, TAG);
        store.remove(StoredTagVersion.name(TAG));
        executors.pass(Duration.ofMinutes(2));

        assertThat(ask(tagVersions, TAG)).isNotEqualTo(before);
        assertThat(ask(tagVersions, TAG)).isEqualTo(ask(tagVersions(), TAG));
    }

    @Test
    void garbageInTheTierIsReplaced() {
        store.put(StoredTagVersion.name(TAG), new byte[] {1, 2, 3}, Duration.ofDays(1));

        assertThat(ask(tagVersions(), TAG)).isEqualTo(ask(tagVersions(), TAG));
    }

    @Test
    void aMessageOfAnotherVersionForgetsEverything() {
        var tagVersions = tagVersions();
        ask(tagVersions, TAG);

        bus.publish(TOPIC, new byte[] {'B', 'W', 'T', '2', 1});

        assertThat(tagVersions.getIfKnown(List.of(TAG))).isNull();
    }

    @Test
    @CoversOutage("cache invalidation: Redis without its connection for events")
    void aConnectionThatIsLostAndFoundForgetsEverythingTwice() {
        var own = new SimulatedLink();
        var tagVersions = tagVersions(store, bus.another(own));
        ask(tagVersions, TAG);
        int before = gaps.get();

        own.cut();
        assertThat(tagVersions.getIfKnown(List.of(TAG))).isNull();
        ask(tagVersions, TAG);
        own.mend();

        assertThat(tagVersions.getIfKnown(List.of(TAG))).isNull();
        assertThat(gaps.get() - before).isEqualTo(2);
    }

    @Test
    void whileCallsLeaveTheTierAloneTheOthersAreToldAllTheSame() {
        var wayward = new FailingStore(store);
        var one = tagVersions(wayward, bus.another(line));
        var other = tagVersions();
        var before = ask(other, TAG);
        wayward.become(FailingStore.FailureMode.DOWN);
        ask(one, OTHER);
        wayward.become(FailingStore.FailureMode.NONE);
        assertThat(one.getIfKnown(List.of(OTHER))).as("the tier is left alone").isNotNull();

        one.increment(Set.of(TAG));

        Eventually.holds(() -> !ask(other, TAG).equals(before));
    }

    @Test
    void whatTheTierDidNotTakeIsTriedAgainUntilItDoes() {
        var wayward = new FailingStore(store);
        var one = tagVersions(wayward, bus.another(line));
        var other = tagVersions();
        var before = ask(other, TAG);
        wayward.become(FailingStore.FailureMode.DOWN);
        one.increment(Set.of(TAG));
        Eventually.holds(() -> wayward.puts() > 1);
        assertThat(ask(other, TAG)).isEqualTo(before);

        wayward.become(FailingStore.FailureMode.NONE);

        Eventually.holds(() -> {
            executors.pass(Duration.ofMillis(10));
            return !ask(other, TAG).equals(before);
        });
    }

    @Test
    void aMessageThatWasNotTakenIsToldAgain() {
        var own = new SimulatedLink();
        var one = tagVersions(store, bus.another(own), CacheSettings.STANDARD.timeout());
        var other = tagVersions();
        var before = ask(other, TAG);
        own.stall();
        one.increment(Set.of(TAG));
        assertThat(other.unchanged(before)).isTrue();

        own.mend();

        Eventually.holds(() -> {
            executors.pass(Duration.ofMillis(10));
            return !ask(other, TAG).equals(before);
        });
    }

    @Test
    void whenTooManyAreRenewedAtOnceEverythingIs() {
        var one = tagVersions();
        var other = tagVersions();
        var before = ask(other, EVERY);

        one.increment(IntStream.range(0, 300)
                .mapToObj(i -> TagId.of("shop", "order:" + i))
                .collect(Collectors.toSet()));

        Eventually.holds(() -> !ask(other, EVERY).equals(before));
    }

    /** A store that fails over may lose what it was told last. */
    @Test
    void whatWasToldAMomentBeforeALossIsToldAgain() {
        var own = new SimulatedLink();
        var one = tagVersions(store, bus.another(own));
        var before = ask(one, TAG);
        one.increment(Set.of(TAG));

        own.cut();
        store.put(StoredTagVersion.name(TAG), StoredTagVersion.write(TAG, before.number(0)), Duration.ofDays(1));
        own.mend();

        Eventually.holds(() -> !ask(one, TAG).equals(before));
    }

    @Test
    void drawsNewVersionsForEvictedTags() {
        var meters = ServerMetrics.standalone(executors);
        var sharedTier = new SharedTier(
                new SharedTier.Ports(null, null, null),
                Eventually.LIMIT,
                Duration.ofSeconds(5),
                executors,
                meters.cache("memory"));
        var few = new TagVersionStore(
                sharedTier,
                new TagVersionSettings(TOPIC, EVERY, 10),
                executors,
                meters.cache("memory"),
                new SplittableRandom(1),
                () -> {});
        var first = requireNonNull(few.getIfKnown(List.of(TAG)));

        Eventually.holds(() -> {
            for (int i = 0; i < 1_000; i++) {
                few.getIfKnown(List.of(TagId.of("shop", "order:" + i)));
            }
            return !few.unchanged(first);
        });

        assertThat(few.getIfKnown(List.of(TAG))).isNotEqualTo(first);
    }
}
