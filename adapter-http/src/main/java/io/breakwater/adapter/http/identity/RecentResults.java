package io.breakwater.adapter.http.identity;

import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.driven.TokenVerifier.Verification;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results that were used last. Their number is limited, and also their memory, because the claims of one token can
 * occupy more than 100 KiB. Not thread-safe.
 */
final class RecentResults {
    /** The memory of an entry without the names and claims of its principal. */
    private static final int OVERHEAD = 600;

    /** The memory of a character of names and claims, which are objects in a tree. */
    private static final int BYTES_PER_CHARACTER = 8;

    private final Map<TokenDigest, StoredResult> results = new LinkedHashMap<>(16, 0.75f, true);
    private final int maxNumber;
    private final long maxBytes;
    private long bytes;

    RecentResults(int maxNumber, long maxBytes) {
        this.maxNumber = maxNumber;
        this.maxBytes = maxBytes;
    }

    /** A result, and when it stops to count. */
    record StoredResult(Verification result, Instant end) {
        private long bytes() {
            int characters = result instanceof Valid valid
                    ? valid.principal().fingerprint().length()
                    : 0;
            return OVERHEAD + (long) BYTES_PER_CHARACTER * characters;
        }
    }

    @Nullable
    StoredResult get(TokenDigest token) {
        return results.get(token);
    }

    void put(TokenDigest token, StoredResult result) {
        remove(token);
        results.put(token, result);
        bytes += result.bytes();
        var eldest = results.entrySet().iterator();
        while (results.size() > maxNumber || bytes > maxBytes) {
            bytes -= eldest.next().getValue().bytes();
            eldest.remove();
        }
    }

    void remove(TokenDigest token) {
        var removed = results.remove(token);
        bytes -= removed == null ? 0 : removed.bytes();
    }

    int size() {
        return results.size();
    }
}
