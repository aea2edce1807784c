package io.breakwater.adapter.http.identity;

import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.driven.TokenVerifier.Verification;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest results of introspection. Valid and invalid tokens are stored separately, so that a flood of invalid ones
 * does not displace valid ones. Thread-safe.
 */
final class IntrospectionCache {
    private final Map<TokenDigest, StoredResult> valid;
    private final Map<TokenDigest, StoredResult> invalid;
    private final IntrospectionSettings.Cache settings;
    private final InstantSource clock;

    IntrospectionCache(IntrospectionSettings.Cache settings, InstantSource clock) {
        this.valid = bounded(settings.tokens());
        this.invalid = bounded(settings.tokens());
        this.settings = settings;
        this.clock = clock;
    }

    private static Map<TokenDigest, StoredResult> bounded(int size) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Serial
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TokenDigest, StoredResult> eldest) {
                return size() > size;
            }
        };
    }

    /** Returns the result that still counts, or null. */
    synchronized @Nullable Verification find(TokenDigest token) {
        var entry = valid.getOrDefault(token, invalid.get(token));
        if (entry == null || clock.instant().isBefore(entry.end)) {
            return entry == null ? null : entry.result;
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

    /** A result, and when it stops to count. */
    private record StoredResult(Verification result, Instant end) {}
}
