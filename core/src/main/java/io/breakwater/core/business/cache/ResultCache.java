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
 * <p>A {@link CacheRequest} has a {@link CacheSlot} under which its answer is found. The place depends on the generations of the
 * answer's tags, so that to invalidate a tag is to leave all places that were made with it. Thread-safe as far as the
 * random generator is.
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

    /** Where the answer is kept; null when that takes {@link #place}. Never blocks. */
    public @Nullable CacheSlot placeAtOnce(CacheRequest question) {
        var generations = question.tags().isEmpty() ? TagVersions.NONE : book.known(question.tags());
        return generations == null ? null : question.at(generations);
    }

    /** Where the answer is kept. May wait for a bounded time. */
    public CacheSlot place(CacheRequest question) throws InterruptedException {
        var at = placeAtOnce(question);
        return at == null ? question.at(book.ask(question.tags())) : at;
    }

    /** The answer, if this process has it. Never blocks. */
    public @Nullable CacheHit near(CacheSlot place) {
        return found(place, shelf.near(place.key()));
    }

    /** True when it is worth asking {@link #far}. */
    public boolean reachesFar() {
        return shelf.reachesFar();
    }

    /**
     * The answer, fresh or stale, if another server has it or makes it soon. Whoever gets none makes it, and says {@link
     * #keep} or {@link #giveUp} in the end. Waits for a bounded time.
     */
    public @Nullable CacheHit far(CacheSlot place) throws InterruptedException {
        return found(place, shelf.far(place.key(), kept -> given(place, kept), settings.patience()));
    }

    /**
     * True when the caller should make a fresh answer in the place of a stale one: no other server has one, or makes one
     * at this moment. Waits for a bounded time.
     */
    public boolean claim(CacheSlot place) throws InterruptedException {
        return shelf.claim(place.key(), kept -> fresh(place, kept));
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
    public boolean keep(CacheSlot place, byte[] result) {
        if (result.length > settings.maxResultBytes() || !book.unchanged(place.generations())) {
            shelf.giveUp(place.key());
            return false;
        }
        long freshUntil = clock.millis() + shortened(place.life().ttl()).toMillis();
        var until = freshUntil + place.life().stale().toMillis();
        shelf.put(place.key(), new CacheEntry(result, freshUntil, until));
        return true;
    }

    /** There will be no answer; somebody else may try. */
    public void giveUp(CacheSlot place) {
        shelf.giveUp(place.key());
    }

    /** Results that carry one of these tags are given no more, here and on every server of the deployment. */
    public void invalidate(Set<String> tags) {
        if (!tags.isEmpty()) {
            book.renew(tags.stream()
                    .map(tag -> TagId.of(settings.deployment(), tag))
                    .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** Results that carry any tag are given no more, here and on every server of the deployment. */
    public void invalidateAll() {
        book.renew(Set.of(every));
    }

    private Duration shortened(Duration ttl) {
        double share = 1 - settings.jitter() * random.nextDouble();
        return Duration.ofMillis(Math.max(1, (long) (ttl.toMillis() * share)));
    }
}
