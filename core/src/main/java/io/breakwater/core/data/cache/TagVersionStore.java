package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.TagId;
import io.breakwater.core.business.cache.TagVersionSource;
import io.breakwater.core.business.cache.TagVersions;
import io.breakwater.core.data.cache.TagVersionCache.Believed;
import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.port.driven.EventBus;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The generations of tags. The second tier holds the truth, one number under each tag; this process believes what it
 * once read, and the event bus tells it what to forget.
 *
 * <p>To invalidate is to write another number, to forget the old one here, and to tell the others to forget it: whoever
 * asks then reads the new one. Nobody believes a number because of being told it, so that two servers that invalidate
 * at once need not agree on an order. A number that the second tier has lost is drawn anew: what was kept under the
 * lost one is never found again.
 *
 * <p>Without the event bus, or while it is lost, a belief lasts a second; with it a minute, in case a message got lost
 * unnoticed. Without the second tier, numbers are drawn here and believed until told otherwise; what was invalidated
 * meanwhile is written before any call asks the tier again. Thread-safe.
 */
public final class TagVersionStore implements TagVersionSource, EventBus.Listener, AutoCloseable {
    private static final long TRUST = Duration.ofMinutes(1).toNanos();
    private static final long TRUST_WITHOUT_NEWS = Duration.ofSeconds(1).toNanos();

    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(1);

    private final SharedTier beyond;
    private final Settings settings;
    private final ServerExecutors lanes;
    private final CacheMeter meter;
    private final TagVersionCache view;
    private final InvalidationPublisher invalidations;
    private final Runnable onGap;
    private final CountDownLatch connection = new CountDownLatch(1);
    private final AtomicBoolean unasked = new AtomicBoolean(true);
    private volatile boolean news;
    private EventBus.@Nullable Subscription subscription;

    /**
     * A book that knows nothing yet.
     *
     * @param onGap what is done when news may have been missed
     */
    public TagVersionStore(
            SharedTier beyond,
            Settings settings,
            ServerExecutors lanes,
            CacheMeter meter,
            RandomGenerator random,
            Runnable onGap) {
        this.beyond = beyond;
        this.settings = settings;
        this.lanes = lanes;
        this.meter = meter;
        this.onGap = onGap;
        this.view = new TagVersionCache(settings.most(), lanes);
        this.invalidations = new InvalidationPublisher(beyond, settings, lanes, random, view);
    }

    /**
     * What it must know.
     *
     * @param topic under which the servers of the deployment tell each other
     * @param every the tag that every tagged result carries
     * @param most how many tags it remembers at a time
     */
    public record Settings(String topic, TagId every, int most) {}

    /** Listens to the others from now on. */
    public TagVersionStore begin() {
        invalidations.begin();
        var bus = beyond.ports().bus();
        if (bus != null) {
            subscription = bus.subscribe(settings.topic(), this);
        }
        return this;
    }

    // ---- asking ----------------------------------------------------------------------------------------------------

    @Override
    public @Nullable TagVersions getIfKnown(List<TagId> tags) {
        boolean shared = beyond.stores();
        var numbers = new long[tags.size()];
        for (int i = 0; i < numbers.length; i++) {
            var believed = believed(tags.get(i), shared);
            if (believed == null) {
                return null;
            }
            numbers[i] = believed.number();
        }
        return new TagVersions(tags, numbers);
    }

    /** Null when the second tier knows better. */
    private @Nullable Believed believed(TagId tag, boolean shared) {
        if (!shared) {
            return view.getOr(tag, invalidations::drawn);
        }
        var believed = view.get(tag);
        return believed == null || believed.local() || lanes.nanoTime() - believed.since() > trust() ? null : believed;
    }

    private long trust() {
        return news ? TRUST : TRUST_WITHOUT_NEWS;
    }

    @Override
    public TagVersions fetch(List<TagId> tags) throws InterruptedException {
        var numbers = new long[tags.size()];
        var patience = beyond.tier().patience();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ask(tags.get(i), patience);
        }
        return new TagVersions(tags, numbers);
    }

    private long ask(TagId tag, TimeBudget patience) throws InterruptedException {
        var believed = believed(tag, beyond.stores());
        if (believed != null) {
            return believed.number();
        }
        long stamp = view.stamp(tag);
        try {
            var read = new Believed(beyond.tier().call(patience, () -> readOrBegin(tag)), lanes.nanoTime(), false);
            view.read(tag, read, stamp);
            return read.number();
        } catch (SharedTierUnavailableException e) {
            return view.getOr(tag, invalidations::drawn).number();
        }
    }

    private long readOrBegin(TagId tag) {
        var stored = beyond.store().get(StoredTagVersion.name(tag));
        var number = stored.isEmpty() ? null : StoredTagVersion.read(tag, stored.get());
        return number == null ? invalidations.begin(tag) : number;
    }

    @Override
    public boolean unchanged(TagVersions generations) {
        for (int i = 0; i < generations.tags().size(); i++) {
            var believed = view.get(generations.tags().get(i));
            if (believed == null || believed.number() != generations.number(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void increment(Set<TagId> tags) {
        tags.forEach(tag -> meter.record(CacheOperation.INVALIDATION));
        invalidations.send(tags);
    }

    // ---- hearing ---------------------------------------------------------------------------------------------------

    @Override
    public void message(byte[] message) {
        Collection<TagId> tags = TagMessage.read(message);
        if (tags == null) { // another version's: whatever it says, it is told
            view.forgetAll();
        } else {
            tags.forEach(view::forget);
        }
    }

    @Override
    public void connected() {
        news = true;
        connection.countDown();
        gap();
        invalidations.repeat();
        beyond.signal().send();
    }

    @Override
    public void lost() {
        news = false;
        gap();
        beyond.signal().send();
    }

    private void gap() {
        view.forgetAll();
        onGap.run();
    }

    /** True when the bus is connected. The first caller waits a moment for the connection that is being made. */
    boolean hears() throws InterruptedException {
        boolean waits = !news && unasked.compareAndSet(true, false);
        return waits ? connection.await(FIRST_CONNECTION.toMillis(), TimeUnit.MILLISECONDS) && news : news;
    }

    /** Listens no more. */
    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
