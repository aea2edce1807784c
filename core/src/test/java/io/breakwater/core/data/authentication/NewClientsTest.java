package io.breakwater.core.data.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authentication.CredentialCheck;
import io.breakwater.core.business.authentication.CredentialResult;
import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Limited;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.core.business.authentication.TokenServices;
import io.breakwater.core.business.authentication.TokenSources;
import io.breakwater.core.business.authentication.VerificationMetrics;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many new clients at once, whose tokens are verified slowly. The threads and limits are those of a server, but the
 * budget of an address does not grow while a test runs.
 */
class NewClientsTest {
    private static final FailureLimit LIMIT =
            new FailureLimit(50, Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final FailureLimit TOTAL =
            new FailureLimit(500, Duration.ofMillis(2), Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final ServerExecutors executors = ServerExecutors.standard();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger verified = new AtomicInteger();
    private volatile boolean slow = true;
    private final CredentialCheck check = new CredentialCheck(
            ApiKeys.NONE,
            new TokenSources(List.of(token -> (TokenVerifier.Candidate) context -> verify(token)), Revocations.NONE),
            null,
            new TokenServices(
                    new TokenCache(10_000, executors),
                    new VerificationRunner(executors, 64, Duration.ofMinutes(15)),
                    new FailureCounters(50_000, LIMIT, TOTAL, executors),
                    new VerificationMetrics()),
            executors.clock(),
            Duration.ofMinutes(5));

    @AfterEach
    void close() {
        executors.close();
    }

    private TokenVerifier.Verification verify(String token) {
        running.incrementAndGet();
        verified.incrementAndGet();
        Eventually.holds(() -> !slow);
        running.decrementAndGet();
        var expires = executors.clock().instant().plus(Duration.ofHours(1));
        return token.startsWith("forged")
                ? new TokenVerifier.Rejected("The signature is wrong.")
                : new TokenVerifier.Valid(Principal.of("https://issuer.example", token), expires, "");
    }

    private List<CompletableFuture<CredentialResult>> send(int count, String name, String address) {
        var results = new ArrayList<CompletableFuture<CredentialResult>>();
        for (int i = 0; i < count; i++) {
            results.add(check.check(name + i, address));
        }
        return results;
    }

    private static List<CredentialResult> all(List<CompletableFuture<CredentialResult>> results) throws Exception {
        var all = new ArrayList<CredentialResult>();
        for (var result : results) {
            all.add(result.get(Eventually.SECONDS, TimeUnit.SECONDS));
        }
        return all;
    }

    @Test
    void validTokensNeverLockTheirAddressOut() throws Exception {
        for (int round = 0; round < 3; round++) {
            slow = true;
            var results = send(100, "round" + round + "-", "192.0.2.1");
            Eventually.holds(() -> running.get() == 50);
            slow = false;

            assertThat(all(results)).hasSize(100).hasOnlyElementsOfType(Accepted.class);
        }
    }

    @Test
    void aBurstOf1300NewClientsIsAccepted() throws Exception {
        var results = new ArrayList<CompletableFuture<CredentialResult>>();
        for (var address : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3")) {
            results.addAll(send(434, address, address));
        }
        Eventually.holds(() -> running.get() == 64);
        slow = false;

        assertThat(all(results)).hasSize(1302).hasOnlyElementsOfType(Accepted.class);
    }

    @Test
    void forgedTokensAreVerifiedUpToTheBudgetAndLeaveRoomForOtherAddresses() throws Exception {
        var forged = send(500, "forged", "192.0.2.1");
        Eventually.holds(() -> running.get() == 50);
        var valid = send(10, "valid", "192.0.2.2");
        Eventually.holds(() -> running.get() == 60);
        slow = false;

        assertThat(all(valid)).hasOnlyElementsOfType(Accepted.class);
        assertThat(all(forged)).filteredOn(result -> result instanceof Refused).hasSize(50);
        assertThat(all(forged)).hasOnlyElementsOfTypes(Refused.class, Limited.class);
        assertThat(verified).hasValue(60);
    }
}
