package io.breakwater.core.business.cache;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers results of tools that change nothing. A result is bytes here: whoever keeps one knows how it was encoded,
 * and keeps good ones only, never an error.
 *
 * <p>A {@link CacheRequest} has a {@link CacheSlot} under which its answer is found. The place depends on the
 * generations of the answer's tags, so that to invalidate a tag is to leave all places that were made with it.
 * Thread-safe as far as the random generator is.
 */
public final class ResultCache {
    private final CacheTiers shelf;
    private final TagVersionSource book;
    private final CachePolicy settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final TagId every;

    /** Over a shelf and a book of tags, by a policy, with a clock and the source of its jitter. */
    public ResultCache(
            CacheTiers shelf,
            TagVersionSource book,
            CachePolicy settings,
            InstantSource clock,
            RandomGenerator random) {
        this.shelf = shelf;
        this.book = book;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.every = TagId.all(settings.deployment());
    }

    /** The tags of a result, as a {@link CacheRequest} wants them. */
    public List<TagId> tags(Set<String> tags) {
        if (tags.isEmpty()) {
            return List.of();
        }
        var sorted = new TreeSet<TagId>();
        tags.forEach(tag -> sorted.add(TagId.of(settings.deployment(), tag)));
        sorted.add(every);
        return new ArrayList<>(sorted);
    }

    /** Where the answer is kept; null when that takes {@link #slot}. Never blocks. */
    public @Nullable CacheSlot slotIfKnown(CacheRequest question) {
        var generations = question.tags().isEmpty() ? TagVersions.NONE : book.getIfKnown(question.tags());
        return generations == null ? null : question.at(generations);
    }

    /** Where the answer is kept. May wait for a bounded time. */
    public CacheSlot slot(CacheRequest question) throws InterruptedException {
        var at = slotIfKnown(question);
        return at == null ? question.at(book.fetch(question.tags())) : at;
    }

    /** The answer, if this process has it. Never blocks. */
    public @Nullable CacheHit getLocal(CacheSlot place) {
        return found(place, shelf.getLocal(place.key()));
    }

    /** True when it is worth asking {@link #getRemote}. */
    public boolean hasRemote() {
        return shelf.hasRemote();
    }

    /**
     * The answer, fresh or stale, if another server has it or makes it soon. Whoever gets none makes it, and says
     * {@link #put} or {@link #releaseLease} in the end. Waits for a bounded time.
     */
    public @Nullable CacheHit getRemote(CacheSlot place) throws InterruptedException {
        return found(place, shelf.getRemote(place.key(), kept -> given(place, kept), settings.patience()));
    }

    /**
     * True when the caller should make a fresh answer in the place of a stale one: no other server has one, or makes
     * one at this moment. Waits for a bounded time.
     */
    public boolean tryLease(CacheSlot place) throws InterruptedException {
        return shelf.tryLease(place.key(), kept -> fresh(place, kept));
    }

    private boolean given(CacheSlot place, CacheEntry kept) {
        return place.life().of(kept, clock.millis()).compareTo(Freshness.STALE) <= 0;
    }

    private boolean fresh(CacheSlot place, CacheEntry kept) {
        return place.life().of(kept, clock.millis()) == Freshness.FRESH;
    }

    private @Nullable CacheHit found(CacheSlot place, @Nullable CacheEntry kept) {
        if (kept == null) {
            return null;
        }
        var freshness = place.life().of(kept, clock.millis());
        return freshness == Freshness.SPENT ? null : new CacheHit(kept.result(), freshness);
    }

    /**
     * Keeps an answer, unless it is too large or a tag of it has been invalidated since its place was made.
     *
     * @return false when it is not kept
     */
    public boolean put(CacheSlot place, byte[] result) {
        if (result.length > settings.maxResultBytes() || !book.unchanged(place.generations())) {
            shelf.releaseLease(place.key());
            return false;
        }
        long freshUntil = clock.millis() + shortened(place.life().ttl()).toMillis();
        var until = freshUntil + place.life().stale().toMillis();
        shelf.put(place.key(), new CacheEntry(result, freshUntil, until));
        return true;
    }

    /** There will be no answer; somebody else may try. */
    public void releaseLease(CacheSlot place) {
        shelf.releaseLease(place.key());
    }

    /** Results that carry one of these tags are given no more, here and on every server of the deployment. */
    public void invalidate(Set<String> tags) {
        if (!tags.isEmpty()) {
            book.increment(tags.stream()
                    .map(tag -> TagId.of(settings.deployment(), tag))
                    .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** Results that carry any tag are given no more, here and on every server of the deployment. */
    public void invalidateAll() {
        book.increment(Set.of(every));
    }

    private Duration shortened(Duration ttl) {
        double share = 1 - settings.jitter() * random.nextDouble();
        return Duration.ofMillis(Math.max(1, (long) (ttl.toMillis() * share)));
    }
}
