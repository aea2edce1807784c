package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.TagId;
import io.breakwater.core.data.cache.TagVersionCache.Believed;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

/**
 * How tags enter another generation: a new number is written, the old one is forgotten here, and the others are told to
 * forget it, too. What those beyond do not take at once is tried again in the background until they do, even while
 * calls leave them alone: a moment's trouble must not make the others give what is old. Thread-safe.
 */
final class InvalidationPublisher {
    /** Longer than any result is kept; a tag that is read anew after that costs a miss. */
    private static final Duration TTL = Duration.ofDays(7);

    private final SharedTier beyond;
    private final String topic;
    private final ServerExecutors lanes;
    private final RandomGenerator random;
    private final TagVersionCache view;
    private final PendingInvalidations renewals;
    private final RetryLoop insistence;

    /** None yet. */
    InvalidationPublisher(
            SharedTier beyond,
            TagVersionStore.Settings settings,
            ServerExecutors lanes,
            RandomGenerator random,
            TagVersionCache view) {
        this.beyond = beyond;
        this.topic = settings.topic();
        this.lanes = lanes;
        this.random = random;
        this.view = view;
        this.renewals = new PendingInvalidations(settings.every(), lanes::nanoTime);
        this.insistence = new RetryLoop(lanes, this::sendAgain, renewals::allPublished);
    }

    /** Follows those beyond from now on. */
    void begin() {
        beyond.tier().onRecovery(() -> renewals.unpublished().tags().forEach(this::begin), this::tierIsBack);
        beyond.bus().onRecovery(() -> {}, this::busIsBack);
    }

    /** A number for the tag, written. */
    long begin(TagId tag) {
        long number = random.nextLong();
        beyond.store().put(StoredTagVersion.name(tag), StoredTagVersion.write(tag, number), TTL);
        return number;
    }

    /** A number that nobody else knows. */
    Believed drawn() {
        return new Believed(random.nextLong(), lanes.nanoTime(), true);
    }

    /** Once more what was told a moment ago, in the background: those who heard it may have lost it. */
    void repeat() {
        renewals.begin(renewals.doubtful());
        insistence.start();
    }

    /** Writes, forgets, tells; what could not be done now is done soon. */
    void send(Set<TagId> tags) {
        long opening = renewals.begin(tags);
        var patience = beyond.tier().patience();
        boolean written = done(() -> write(tags, work -> beyond.tier().call(patience, work)));
        if (!written) {
            tags.forEach(tag -> view.draw(tag, drawn()));
        }
        boolean told = done(() -> tell(tags, work -> beyond.bus().call(patience, work)));
        if (written && told) {
            renewals.published(tags, opening);
        }
        if (!written || !told || renewals.overflowed()) {
            insistence.start();
        }
    }

    /** In the background; true when there was nothing left to do in the end. */
    private boolean sendAgain() {
        var untold = renewals.unpublished();
        boolean sent = done(() -> {
            write(untold.tags(), beyond.tier()::retryInBackground);
            tell(untold.tags(), beyond.bus()::retryInBackground);
        });
        if (sent) {
            renewals.published(untold.tags(), untold.opening());
        }
        return sent;
    }

    /** A way to ask one of those beyond: as a call, or in the background. */
    private interface Asking {
        void ask(Callable<Boolean> question) throws SharedTierUnavailableException, InterruptedException;
    }

    private interface Step {
        void run() throws SharedTierUnavailableException, InterruptedException;
    }

    /** The old numbers are forgotten when the new ones are there, and even when nobody waits for that any more. */
    private void write(Set<TagId> tags, Asking tier) throws SharedTierUnavailableException, InterruptedException {
        if (beyond.ports().store() == null) {
            tags.forEach(view::forget);
            return;
        }
        tier.ask(() -> {
            tags.forEach(this::begin);
            tags.forEach(view::forget);
            return true;
        });
    }

    private void tell(Set<TagId> tags, Asking others) throws SharedTierUnavailableException, InterruptedException {
        var bus = beyond.ports().bus();
        if (bus != null) {
            others.ask(() -> {
                bus.publish(topic, TagMessage.write(tags));
                return true;
            });
        }
    }

    /** A caller that is called off stays so, but what it did is not: the rest is done in the background. */
    private static boolean done(Step step) {
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

    /** What was drawn here while the second tier was away is no longer the truth. */
    private void tierIsBack() {
        view.forgetAll();
        insistence.start();
    }

    /** The tier may still be away: what it was not told is to be said at least here. */
    private void busIsBack() {
        var untold = renewals.unpublished().tags();
        if (!untold.isEmpty()) {
            done(() -> tell(untold, beyond.bus()::retryInBackground));
        }
    }
}
