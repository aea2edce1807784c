package io.breakwater.adapter.http.identity;

import io.breakwater.adapter.http.identity.RecentResults.StoredResult;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.driven.TokenVerifier.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The latest results of introspection. Valid and invalid tokens are stored separately, so that a flood of invalid ones
 * does not displace valid ones. Thread-safe.
 */
final class IntrospectionCache {
    /** The results may occupy one part of the heap in this number. */
    private static final int HEAP_PARTS = 16;

    private final RecentResults valid;
    private final RecentResults invalid;
    private final IntrospectionSettings.Cache settings;
    private final InstantSource clock;

    IntrospectionCache(IntrospectionSettings.Cache settings, InstantSource clock) {
        long maxBytes = Runtime.getRuntime().maxMemory() / HEAP_PARTS;
        this.valid = new RecentResults(settings.tokens(), maxBytes);
        this.invalid = new RecentResults(settings.tokens(), maxBytes);
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns the result that still counts, or null. */
    synchronized @Nullable Verification find(TokenDigest token) {
        var good = valid.get(token);
        var entry = good == null ? invalid.get(token) : good;
        if (entry == null || clock.instant().isBefore(entry.end())) {
            return entry == null ? null : entry.result();
        }
        valid.remove(token);
        invalid.remove(token);
        return null;
    }

    synchronized void put(TokenDigest token, Verification result) {
        switch (result) {
            case Valid good -> {
                var end = end(settings.valid());
                valid.put(token, new StoredResult(result, end.isBefore(good.expires()) ? end : good.expires()));
            }
            case Rejected bad -> invalid.put(token, new StoredResult(bad, end(settings.invalid())));
            case Unavailable unavailable -> {
                // The next call asks again.
            }
        }
    }

    private Instant end(Duration time) {
        return clock.instant().plus(time);
    }

    synchronized int size() {
        return valid.size() + invalid.size();
    }
}
