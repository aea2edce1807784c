package io.breakwater.core.data.recall;

import io.breakwater.core.business.recall.Generations;
import io.breakwater.core.business.recall.TagBook;
import io.breakwater.core.business.recall.TagId;
import io.breakwater.core.data.recall.View.Believed;
import io.breakwater.core.meter.CacheMeter;
import io.breakwater.core.meter.CacheOperation;
import io.breakwater.core.runtime.Lanes;
import io.breakwater.port.driven.EventBus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations of tags. The second tier holds the truth, one number under each tag; this process believes what it
 * once read, and the event bus tells it what to forget.
 *
 * <p>To invalidate is to write another number, to forget the old one here, and to tell the others to forget it: whoever
 * asks then reads the new one. Nobody believes a number because of being told it, so that two servers that invalidate at
 * once need not agree on an order. A number that the second tier has lost is drawn anew: what was kept under the lost one
 * is never found again.
 *
 * <p>Without the event bus, or while it is lost, a belief lasts a second; with it a minute, in case a message got lost
 * unnoticed. Without the second tier, numbers are drawn here and believed until told otherwise; what was invalidated
 * meanwhile is written before anybody asks the tier again, and told when the bus can be reached. Thread-safe.
 */
public final class Tags implements TagBook, EventBus.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tags.class);
    private static final long TRUST = Duration.ofMinutes(1).toNanos();
    private static final long TRUST_WITHOUT_NEWS = Duration.ofSeconds(1).toNanos();

    /** Longer than any result is kept; a tag that is read anew after that costs a miss. */
    private static final Duration TTL = Duration.ofDays(7);

    private final Beyond beyond;
    private final Settings settings;
    private final Lanes lanes;
    private final CacheMeter meter;
    private final RandomGenerator random;
    private final View view;
    private final Renewals renewals;
    private final Runnable onGap;
    private volatile boolean news;
    private EventBus.@Nullable Subscription subscription;

    /**
     * A book that knows nothing yet.
     *
     * @param onGap what is done when news may have been missed
     */
    public Tags(
            Beyond beyond, Settings settings, Lanes lanes, CacheMeter meter, RandomGenerator random, Runnable onGap) {
        this.beyond = beyond;
        this.settings = settings;
        this.lanes = lanes;
        this.meter = meter;
        this.random = random;
        this.onGap = onGap;
        this.view = new View(settings.most(), lanes);
        this.renewals = new Renewals(settings.every(), lanes::nanos);
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
    public Tags begin() {
        beyond.tier().onRecovery(() -> renewals.untold().forEach(this::begin), this::tierIsBack);
        beyond.bus().onRecovery(() -> {}, () -> resend(renewals.untold()));
        var bus = beyond.ports().bus();
        if (bus != null) {
            subscription = bus.subscribe(settings.topic(), this);
        }
        return this;
    }

    // ---- asking ----------------------------------------------------------------------------------------------------

    @Override
    public @Nullable Generations known(List<TagId> tags) {
        boolean shared = beyond.stores();
        var numbers = new long[tags.size()];
        for (int i = 0; i < numbers.length; i++) {
            var believed = believed(tags.get(i), shared);
            if (believed == null) {
                return null;
            }
            numbers[i] = believed.number();
        }
        return new Generations(tags, numbers);
    }

    /** Null when the second tier knows better. */
    private @Nullable Believed believed(TagId tag, boolean shared) {
        if (!shared) {
            return view.getOr(tag, this::drawn);
        }
        var believed = view.get(tag);
        return believed == null || believed.local() || lanes.nanos() - believed.since() > trust() ? null : believed;
    }

    private long trust() {
        return news ? TRUST : TRUST_WITHOUT_NEWS;
    }

    private Believed drawn() {
        return new Believed(random.nextLong(), lanes.nanos(), true);
    }

    @Override
    public Generations ask(List<TagId> tags) throws InterruptedException {
        var numbers = new long[tags.size()];
        var patience = Patience.ofOneCall();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ask(tags.get(i), patience);
        }
        return new Generations(tags, numbers);
    }

    private long ask(TagId tag, Patience patience) throws InterruptedException {
        var believed = believed(tag, beyond.stores());
        if (believed != null) {
            return believed.number();
        }
        long stamp = view.stamp(tag);
        try {
            var read = new Believed(beyond.tier().ask(patience, () -> readOrBegin(tag)), lanes.nanos(), false);
            view.read(tag, read, stamp);
            return read.number();
        } catch (Unreachable e) {
            return view.getOr(tag, this::drawn).number();
        }
    }

    private long readOrBegin(TagId tag) {
        var stored = beyond.store().get(StoredGeneration.name(tag));
        var number = stored.isEmpty() ? null : StoredGeneration.read(tag, stored.get());
        return number == null ? begin(tag) : number;
    }

    private long begin(TagId tag) {
        long number = random.nextLong();
        beyond.store().put(StoredGeneration.name(tag), StoredGeneration.write(tag, number), TTL);
        return number;
    }

    @Override
    public boolean unchanged(Generations generations) {
        for (int i = 0; i < generations.tags().size(); i++) {
            var believed = view.get(generations.tags().get(i));
            if (believed == null || believed.number() != generations.number(i)) {
                return false;
            }
        }
        return true;
    }

    // ---- invalidating ----------------------------------------------------------------------------------------------

    @Override
    public void renew(Set<TagId> tags) {
        tags.forEach(tag -> meter.record(CacheOperation.INVALIDATION));
        send(tags);
    }

    /** Writes, forgets, tells; what could not be done is done when it can be. */
    private void send(Set<TagId> tags) {
        renewals.open(tags);
        var patience = Patience.ofOneCall();
        boolean written = written(tags, patience);
        if (!written) {
            tags.forEach(tag -> view.draw(tag, drawn()));
        }
        if (Thread.currentThread().isInterrupted()) { // the caller is called off, what it did is not
            background(() -> send(tags));
        } else if (told(tags, patience) && written) {
            renewals.told(tags);
        }
    }

    private boolean written(Set<TagId> tags, Patience patience) {
        if (beyond.ports().store() == null) {
            tags.forEach(view::forget);
            return true;
        }
        return done(beyond.tier(), patience, () -> {
            tags.forEach(this::begin);
            tags.forEach(view::forget);
            return true;
        });
    }

    private boolean told(Set<TagId> tags, Patience patience) {
        var bus = beyond.ports().bus();
        return bus == null
                || done(beyond.bus(), patience, () -> {
                    bus.publish(settings.topic(), TagMessage.write(tags));
                    return true;
                });
    }

    private static boolean done(Guarded side, Patience patience, Callable<Boolean> work) {
        try {
            return side.ask(patience, work);
        } catch (Unreachable e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What was drawn here while the second tier was away is no longer the truth. */
    private void tierIsBack() {
        view.forgetAll();
        resend(renewals.untold());
    }

    private void resend(Set<TagId> tags) {
        if (!tags.isEmpty()) {
            send(tags);
        }
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
        gap();
        var doubtful = renewals.doubtful();
        if (!doubtful.isEmpty()) {
            background(() -> send(doubtful));
        }
    }

    private void background(Runnable work) {
        try {
            lanes.virtual().execute(work);
        } catch (RejectedExecutionException closing) {
            LOG.debug("The server is closing; what is untold stays so.", closing);
        }
    }

    @Override
    public void lost() {
        news = false;
        gap();
    }

    private void gap() {
        view.forgetAll();
        onGap.run();
    }

    /** True when the bus is connected. */
    boolean hears() {
        return news;
    }

    /** Listens no more. */
    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
