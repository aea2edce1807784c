package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.TagId;
import io.breakwater.core.data.cache.TagVersionCache.CachedVersion;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

/**
 * Invalidates tags: writes a new version of each tag, removes the old one from this process and notifies the other
 * servers. What the shared tier or the event bus does not accept at once is retried in the background until it
 * succeeds, even while their circuit breakers are open, because a short failure must not make the other servers return
 * stale results. Thread-safe.
 */
final class InvalidationPublisher {
    /** Longer than any result is cached. A tag that is read after its version expired costs a cache miss. */
    private static final Duration TTL = Duration.ofDays(7);

    private final SharedTier sharedTier;
    private final String topic;
    private final ServerExecutors executors;
    private final RandomGenerator random;
    private final TagVersionCache versions;
    private final PendingInvalidations pending;
    private final RetryLoop retries;

    /** Creates a publisher without pending invalidations. */
    InvalidationPublisher(
            SharedTier sharedTier,
            TagVersionSettings settings,
            ServerExecutors executors,
            RandomGenerator random,
            TagVersionCache versions) {
        this.sharedTier = sharedTier;
        this.topic = settings.topic();
        this.executors = executors;
        this.random = random;
        this.versions = versions;
        this.pending = new PendingInvalidations(settings.allTag(), executors::nanoTime);
        this.retries = new RetryLoop(executors, this::sendAgain, pending::allPublished);
    }

    /** Starts to react to recoveries of the shared tier and of the event bus. */
    void start() {
        sharedTier
                .tier()
                .onRecovery(() -> pending.unpublished().tags().forEach(this::writeNewVersion), this::onTierRecovery);
        sharedTier.bus().onRecovery(() -> {}, this::onBusRecovery);
    }

    /** Writes a new version of the tag to the shared tier and returns it. */
    long writeNewVersion(TagId tag) {
        long number = random.nextLong();
        sharedTier.store().put(StoredTagVersion.name(tag), StoredTagVersion.write(tag, number), TTL);
        return number;
    }

    /** Returns a new version that only this server knows. */
    CachedVersion localVersion() {
        return new CachedVersion(random.nextLong(), executors.nanoTime(), true);
    }

    /** Publishes recent invalidations again, in the background, because the other servers may have lost them. */
    void republishRecent() {
        pending.begin(pending.recentOrUnpublished());
        retries.start();
    }

    /** Writes and publishes invalidations. What fails is retried in the background. */
    void send(Set<TagId> tags) {
        long sequence = pending.begin(tags);
        var budget = sharedTier.tier().newBudget();
        boolean written = succeeded(() -> write(tags, work -> sharedTier.tier().call(budget, work)));
        if (!written) {
            tags.forEach(tag -> versions.putLocal(tag, localVersion()));
        }
        boolean published =
                succeeded(() -> publish(tags, work -> sharedTier.bus().call(budget, work)));
        if (written && published) {
            pending.published(tags, sequence);
        }
        if (!written || !published || pending.overflowed()) {
            retries.start();
        }
    }

    /** Retries all unpublished invalidations; returns true if none are left. */
    private boolean sendAgain() {
        var unpublished = pending.unpublished();
        boolean sent = succeeded(() -> {
            write(unpublished.tags(), sharedTier.tier()::retryInBackground);
            publish(unpublished.tags(), sharedTier.bus()::retryInBackground);
        });
        if (sent) {
            pending.published(unpublished.tags(), unpublished.sequence());
        }
        return sent;
    }

    /** A way to use the shared tier or the event bus: within the time budget of a call, or in the background. */
    private interface Backend {
        void call(Callable<Boolean> request) throws SharedTierUnavailableException, InterruptedException;
    }

    private interface Step {
        void run() throws SharedTierUnavailableException, InterruptedException;
    }

    /** Removes the old versions when the new ones are written, even if no call waits for that any more. */
    private void write(Set<TagId> tags, Backend tier) throws SharedTierUnavailableException, InterruptedException {
        if (sharedTier.ports().store() == null) {
            tags.forEach(versions::remove);
            return;
        }
        tier.call(() -> {
            tags.forEach(this::writeNewVersion);
            tags.forEach(versions::remove);
            return true;
        });
    }

    private void publish(Set<TagId> tags, Backend eventBus)
            throws SharedTierUnavailableException, InterruptedException {
        var bus = sharedTier.ports().bus();
        if (bus != null) {
            eventBus.call(() -> {
                bus.publish(topic, TagMessage.write(tags));
                return true;
            });
        }
    }

    /**
     * Runs a step; returns false if it failed. An interrupted caller stays interrupted, and the step is retried in the
     * background.
     */
    private static boolean succeeded(Step step) {
        try {
            step.run();
            return true;
        } catch (SharedTierUnavailableException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Discards the local versions that were created while the shared tier was not available. */
    private void onTierRecovery() {
        versions.removeAll();
        retries.start();
    }

    /** Publishes the pending invalidations, because the shared tier may still be unavailable. */
    private void onBusRecovery() {
        var unpublished = pending.unpublished().tags();
        if (!unpublished.isEmpty()) {
            succeeded(() -> publish(unpublished, sharedTier.bus()::retryInBackground));
        }
    }
}
