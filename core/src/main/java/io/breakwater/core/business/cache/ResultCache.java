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
 * The cache for the results of read-only tools. It stores bytes; its callers encode the results, and store successful
 * ones only, never errors.
 *
 * <p>Every {@link CacheRequest} has a {@link CacheSlot}, the position of its result. The slot depends on the versions
 * of the result's tags, so that the invalidation of a tag makes all slots with older versions unreachable. Thread-safe
 * if the random generator is.
 */
public final class ResultCache {
    private final CacheTiers tiers;
    private final TagVersionSource tagVersions;
    private final CachePolicy policy;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final TagId allTag;

    /** Creates a cache over tiers and tag versions; {@code random} supplies the jitter of the TTLs. */
    public ResultCache(
            CacheTiers tiers,
            TagVersionSource tagVersions,
            CachePolicy policy,
            InstantSource clock,
            RandomGenerator random) {
        this.tiers = tiers;
        this.tagVersions = tagVersions;
        this.policy = policy;
        this.clock = clock;
        this.random = random;
        this.allTag = TagId.all(policy.deployment());
    }

    /**
     * Returns the tag ids for a {@link CacheRequest}: those of the given tags and the one that all tagged results
     * carry.
     */
    public List<TagId> tags(Set<String> tags) {
        if (tags.isEmpty()) {
            return List.of();
        }
        var sorted = new TreeSet<TagId>();
        tags.forEach(tag -> sorted.add(TagId.of(policy.deployment(), tag)));
        sorted.add(allTag);
        return new ArrayList<>(sorted);
    }

    /** Returns the slot of a request, or null if {@link #slot} must fetch tag versions. Never blocks. */
    public @Nullable CacheSlot slotIfKnown(CacheRequest request) {
        var versions = request.tags().isEmpty() ? TagVersions.NONE : tagVersions.getIfKnown(request.tags());
        return versions == null ? null : request.slot(versions);
    }

    /** Returns the slot of a request. May wait for a limited time. */
    public CacheSlot slot(CacheRequest request) throws InterruptedException {
        var known = slotIfKnown(request);
        return known == null ? request.slot(tagVersions.fetch(request.tags())) : known;
    }

    /** Returns the result in the local tier, if it is usable. Never blocks. */
    public @Nullable CacheHit getLocal(CacheSlot slot) {
        return toHit(slot, tiers.getLocal(slot.key()));
    }

    /** Returns true if {@link #getShared} can find something: there is a shared tier and it is available. */
    public boolean hasSharedTier() {
        return tiers.hasSharedTier();
    }

    /**
     * Returns the result, fresh or stale, if another server has it or loads it soon. A caller that gets null loads the
     * result and calls {@link #put} or {@link #releaseLease} in the end. Waits for a limited time.
     */
    public @Nullable CacheHit getShared(CacheSlot slot) throws InterruptedException {
        return toHit(slot, tiers.getShared(slot.key(), entry -> isUsable(slot, entry), policy.loadTimeout()));
    }

    /**
     * Returns true if the caller should load a fresh result to replace a stale one: no other server has a fresh one or
     * loads one at this moment. Waits for a limited time.
     */
    public boolean tryLease(CacheSlot slot) throws InterruptedException {
        return tiers.tryLease(slot.key(), entry -> isFresh(slot, entry));
    }

    private boolean isUsable(CacheSlot slot, CacheEntry entry) {
        return slot.lifetime().freshness(entry, clock.millis()).compareTo(Freshness.STALE) <= 0;
    }

    private boolean isFresh(CacheSlot slot, CacheEntry entry) {
        return slot.lifetime().freshness(entry, clock.millis()) == Freshness.FRESH;
    }

    private @Nullable CacheHit toHit(CacheSlot slot, @Nullable CacheEntry entry) {
        if (entry == null) {
            return null;
        }
        var freshness = slot.lifetime().freshness(entry, clock.millis());
        return freshness == Freshness.EXPIRED ? null : new CacheHit(entry.result(), freshness);
    }

    /**
     * Stores a result, unless it is too large or one of its tags was invalidated after its slot was computed.
     *
     * @return false if the result was not stored
     */
    public boolean put(CacheSlot slot, byte[] result) {
        if (result.length > policy.maxResultBytes() || !tagVersions.unchanged(slot.versions())) {
            tiers.releaseLease(slot.key());
            return false;
        }
        long freshUntil = clock.millis() + withJitter(slot.lifetime().ttl()).toMillis();
        var until = freshUntil + slot.lifetime().maxStale().toMillis();
        tiers.put(slot.key(), new CacheEntry(result, freshUntil, until));
        return true;
    }

    /** Gives the lease back without a result, so that another server can load it. */
    public void releaseLease(CacheSlot slot) {
        tiers.releaseLease(slot.key());
    }

    /** Invalidates all results with one of these tags, on every server of the deployment. */
    public void invalidate(Set<String> tags) {
        if (!tags.isEmpty()) {
            tagVersions.increment(tags.stream()
                    .map(tag -> TagId.of(policy.deployment(), tag))
                    .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** Invalidates all results that carry a tag, on every server of the deployment. */
    public void invalidateAll() {
        tagVersions.increment(Set.of(allTag));
    }

    /**
     * Removes all results from the local tier, and invalidates all results that carry a tag, on every server of the
     * deployment.
     */
    public void clear() {
        tagVersions.increment(Set.of(allTag));
        tiers.clearLocal();
    }

    private Duration withJitter(Duration ttl) {
        double share = 1 - policy.jitter() * random.nextDouble();
        return Duration.ofMillis(Math.max(1, (long) (ttl.toMillis() * share)));
    }
}
