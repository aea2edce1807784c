package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.TagId;
import io.breakwater.core.business.cache.TagVersionSource;
import io.breakwater.core.business.cache.TagVersions;
import io.breakwater.core.data.cache.TagVersionCache.CachedVersion;
import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
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
 * The versions of tags. The shared tier holds the current version of each tag; this process caches the versions that it
 * has read, and the event bus notifies it of invalidations.
 *
 * <p>An invalidation writes a new version, removes the old one here, and notifies the other servers, which remove it
 * too and read the new one on the next lookup. Messages carry no versions, so that two servers that invalidate a tag at
 * the same time do not need to agree on an order. If the shared tier loses a version, a new one is created; lookups do
 * not find the results that were cached under the lost one.
 *
 * <p>Without the event bus, or while it is disconnected, a version is used for one second; with it for one minute, in
 * case a message was lost. Without the shared tier, versions are created here and used until an invalidation; the
 * invalidations from this time are written before any call uses the shared tier again. Thread-safe.
 */
@OutageBehavior(
        guard = "cache invalidation",
        dependency = GuardDependency.REDIS,
        failure = "without its connection for events",
        effect = OutageEffect.DEGRADE,
        behavior =
                "The server clears its own cache, and reads tag versions again after a second, so it sees the writes of "
                        + "other servers within a second.",
        recovery = "It clears its cache once more and publishes the pending invalidations.",
        signal = "`mcp_redis_events_connected`",
        details = "caching.md#tags")
@OutageBehavior(
        guard = "cache invalidation",
        dependency = GuardDependency.REDIS,
        failure = "down or frozen",
        effect = OutageEffect.DEGRADE,
        behavior =
                "A server sees its own writes at once. It sees those of the others when the TTL of a result expires, or "
                        + "when Redis is back.",
        recovery = "Pending invalidations are written before any result is read.",
        signal = "health cause `cache`",
        details = "caching.md#when-redis-is-down")
public final class TagVersionStore implements TagVersionSource, EventBus.Listener, AutoCloseable {
    private static final long MAX_AGE = Duration.ofMinutes(1).toNanos();
    private static final long MAX_AGE_WITHOUT_BUS = Duration.ofSeconds(1).toNanos();

    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(1);

    private final SharedTier sharedTier;
    private final TagVersionSettings settings;
    private final ServerExecutors executors;
    private final CacheMeter meter;
    private final TagVersionCache cache;
    private final InvalidationPublisher invalidations;
    private final Runnable onGap;
    private final CountDownLatch connection = new CountDownLatch(1);
    private final AtomicBoolean firstCheck = new AtomicBoolean(true);
    private volatile boolean busConnected;
    private EventBus.@Nullable Subscription subscription;

    /**
     * Creates a store that has no versions yet.
     *
     * @param onGap runs when messages may have been missed
     */
    public TagVersionStore(
            SharedTier sharedTier,
            TagVersionSettings settings,
            ServerExecutors executors,
            CacheMeter meter,
            RandomGenerator random,
            Runnable onGap) {
        this.sharedTier = sharedTier;
        this.settings = settings;
        this.executors = executors;
        this.meter = meter;
        this.onGap = onGap;
        this.cache = new TagVersionCache(settings.maxTags(), executors);
        this.invalidations = new InvalidationPublisher(sharedTier, settings, executors, random, cache);
    }

    /** Subscribes to the event bus, if there is one. */
    public TagVersionStore start() {
        invalidations.start();
        var bus = sharedTier.ports().bus();
        if (bus != null) {
            subscription = bus.subscribe(settings.topic(), this);
        }
        return this;
    }

    // ---- lookups ---------------------------------------------------------------------------------------------------

    @Override
    public @Nullable TagVersions getIfKnown(List<TagId> tags) {
        boolean tierAvailable = sharedTier.isAvailable();
        var numbers = new long[tags.size()];
        for (int i = 0; i < numbers.length; i++) {
            var cached = cached(tags.get(i), tierAvailable);
            if (cached == null) {
                return null;
            }
            numbers[i] = cached.number();
        }
        return new TagVersions(tags, numbers);
    }

    /** Returns the cached version, or null if the shared tier must be read. */
    private @Nullable CachedVersion cached(TagId tag, boolean tierAvailable) {
        if (!tierAvailable) {
            return cache.getOrCreate(tag, invalidations::localVersion);
        }
        var cached = cache.get(tag);
        return cached == null || cached.local() || executors.nanoTime() - cached.since() > maxAge() ? null : cached;
    }

    private long maxAge() {
        return busConnected ? MAX_AGE : MAX_AGE_WITHOUT_BUS;
    }

    @Override
    public TagVersions fetch(List<TagId> tags) throws InterruptedException {
        var numbers = new long[tags.size()];
        var budget = sharedTier.tier().newBudget();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = fetchVersion(tags.get(i), budget);
        }
        return new TagVersions(tags, numbers);
    }

    private long fetchVersion(TagId tag, TimeBudget budget) throws InterruptedException {
        var cached = cached(tag, sharedTier.isAvailable());
        if (cached != null) {
            return cached.number();
        }
        long stamp = cache.stamp(tag);
        try {
            var fetched = new CachedVersion(
                    sharedTier.tier().call(budget, () -> readOrCreate(tag)), executors.nanoTime(), false);
            cache.putIfUnchanged(tag, fetched, stamp);
            return fetched.number();
        } catch (SharedTierUnavailableException e) {
            return cache.getOrCreate(tag, invalidations::localVersion).number();
        }
    }

    private long readOrCreate(TagId tag) {
        var bytes = sharedTier.store().get(StoredTagVersion.name(tag));
        var number = bytes.isEmpty() ? null : StoredTagVersion.read(tag, bytes.get());
        return number == null ? invalidations.writeNewVersion(tag) : number;
    }

    @Override
    public boolean unchanged(TagVersions versions) {
        for (int i = 0; i < versions.tags().size(); i++) {
            var cached = cache.get(versions.tags().get(i));
            if (cached == null || cached.number() != versions.number(i)) {
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

    // ---- messages ---------------------------------------------------------------------------------------------------

    @Override
    public void message(byte[] message) {
        Collection<TagId> tags = TagMessage.read(message);
        if (tags == null) { // from another server version; it may concern any tag
            cache.removeAll();
        } else {
            tags.forEach(cache::remove);
        }
    }

    @Override
    public void connected() {
        busConnected = true;
        connection.countDown();
        onPossibleGap();
        invalidations.republishRecent();
        sharedTier.signal().send();
    }

    @Override
    public void lost() {
        busConnected = false;
        onPossibleGap();
        sharedTier.signal().send();
    }

    private void onPossibleGap() {
        cache.removeAll();
        onGap.run();
    }

    /**
     * Returns true if the event bus is connected. The first caller waits for a short time for the initial connection.
     */
    boolean isConnected() throws InterruptedException {
        boolean wait = !busConnected && firstCheck.compareAndSet(true, false);
        return wait
                ? connection.await(FIRST_CONNECTION.toMillis(), TimeUnit.MILLISECONDS) && busConnected
                : busConnected;
    }

    /** Unsubscribes from the event bus. */
    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
