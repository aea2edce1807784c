package io.breakwater.adapter.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.identity.RecentResults.StoredResult;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Valid;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentResultsTest {
    private static final Instant END = Instant.EPOCH;
    private static final StoredResult REJECTED = new StoredResult(new Rejected("It is not valid."), END);

    private static TokenDigest token(int number) {
        return TokenDigest.of("token " + number);
    }

    @Test
    void storesAsManyResultsAsAllowedAndForgetsTheOneThatWasUsedLeastRecently() {
        var results = new RecentResults(2, 1 << 20);
        results.put(token(1), REJECTED);
        results.put(token(2), REJECTED);
        assertThat(results.get(token(1))).isNotNull();

        results.put(token(3), REJECTED);

        assertThat(results.size()).isEqualTo(2);
        assertThat(results.get(token(2))).isNull();
        assertThat(results.get(token(1))).isNotNull();
    }

    @Test
    void tokensWithManyClaimsOccupyNoMoreMemoryThanTheLimit() {
        var results = new RecentResults(1_000, 1 << 20);
        for (int i = 0; i < 1_000; i++) {
            results.put(token(i), memberOfManyGroups());
        }

        assertThat(results.size()).isBetween(10, 200); // each occupies more than 5 KiB
        assertThat(results.get(token(999))).isNotNull();
    }

    @Test
    void removedAndReplacedResultsOccupyNothing() {
        var results = new RecentResults(1_000, 1 << 20);
        for (int i = 0; i < 1_000; i++) {
            results.put(token(0), memberOfManyGroups());
            results.put(token(1), memberOfManyGroups());
            results.remove(token(1));
        }
        results.put(token(2), REJECTED);

        assertThat(results.size()).isEqualTo(2);
    }

    private static StoredResult memberOfManyGroups() {
        var groups = IntStream.range(0, 100).mapToObj(i -> "group " + i).toList();
        var principal = Principal.of("ann")
                .withClaims(Json.object().put("groups", Json.texts(groups)).build());
        return new StoredResult(new Valid(principal, END, "1"), END);
    }
}
