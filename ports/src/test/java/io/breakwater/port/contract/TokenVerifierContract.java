package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.port.driven.TokenVerifier.Candidate;
import io.breakwater.port.driven.TokenVerifier.Inspection;
import io.breakwater.port.driven.TokenVerifier.NotRecognized;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.driven.TokenVerifier.Verification;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link TokenVerifier} must do. */
public abstract class TokenVerifierContract {
    private static final int THREADS = 4;
    private static final int CALLS = 25;
    private static final int SEED = 4;

    /** Returns the verifier under test. */
    protected abstract TokenVerifier make();

    /** Returns a new valid token of the same user with each call. */
    protected abstract String validToken();

    /** Returns a valid token of another user. */
    protected abstract String validTokenOfAnotherUser();

    /** Returns tokens that must not be accepted, for example an expired one and one for another audience. */
    protected abstract List<String> invalidTokens();

    /** Stops what the verifier needs to verify a token that it has not seen; returns false if there is no such thing. */
    protected abstract boolean stopIssuer();

    private static Verification verify(TokenVerifier verifier, String token, CallContext context) {
        return switch (verifier.inspect(token)) {
            case Candidate candidate -> candidate.verify(context);
            case Rejected rejected -> rejected;
            case NotRecognized unknown -> new Rejected("The token is not recognized.");
        };
    }

    private static Verification verify(TokenVerifier verifier, String token) {
        return verify(verifier, token, ManualCallContext.unhurried());
    }

    private Valid valid(TokenVerifier verifier, String token) {
        var result = verify(verifier, token);
        assertThat(result).isInstanceOf(Valid.class);
        return (Valid) result;
    }

    @Test
    void aValidTokenGivesAPrincipalUntilItExpires() {
        var result = valid(make(), validToken());

        assertThat(result.principal().isAnonymous()).isFalse();
        assertThat(result.expires()).isAfter(Instant.EPOCH);
    }

    @Test
    void aRenewedTokenGivesTheSamePrincipal() {
        var verifier = make();
        var first = valid(verifier, validToken()).principal();

        assertThat(valid(verifier, validToken()).principal()).isEqualTo(first);
        assertThat(valid(verifier, validTokenOfAnotherUser()).principal().id()).isNotEqualTo(first.id());
    }

    @Test
    void anInvalidTokenIsRejectedWithAReasonThatDoesNotContainIt() {
        var verifier = make();

        assertThat(invalidTokens()).isNotEmpty().allSatisfy(token -> {
            var result = verify(verifier, token);
            assertThat(result).as(token).isInstanceOf(Rejected.class);
            assertThat(result.toString()).doesNotContain(token);
        });
    }

    @Test
    void aChangedTokenIsNeverValid() {
        var verifier = make();
        var token = validToken();
        var random = new Random(SEED);

        for (int i = 0; i < CALLS; i++) {
            var changed = new StringBuilder(token);
            int at = random.nextInt(token.length());
            changed.setCharAt(at, token.charAt(at) == 'A' ? 'B' : 'A');
            assertThat(verify(verifier, changed.toString()))
                    .as("Character %s of %s", at, token.length())
                    .isNotInstanceOf(Valid.class);
        }
    }

    @Test
    void oddTextIsNeverValidAndNeverFails() {
        var verifier = make();

        assertThat(oddTexts())
                .allSatisfy(text -> assertThat(verify(verifier, text)).isNotInstanceOf(Valid.class));
    }

    private List<String> oddTexts() {
        var token = validToken();
        var texts = new ArrayList<>(
                List.of("", ".", "..", "...", " ", "\u0000", "\ud800", "ey..", "ey.ey.", "eyJ9.e30.AA"));
        texts.addAll(
                List.of(token + ".", "." + token, token + "=", token + " ", " " + token, token + "\n", token + token));
        texts.addAll(List.of(token.substring(1), token.substring(0, token.length() - 1), "a".repeat(1 << 20)));
        texts.add("ey" + ".".repeat(1 << 20));
        return texts;
    }

    @Test
    @CoversOutage("opaque tokens: introspection endpoint slow")
    void aCallWithoutTimeGetsAResult() {
        var context = ManualCallContext.within(Duration.ZERO);
        context.cancel();

        assertThat(verify(make(), validToken(), context)).isInstanceOfAny(Valid.class, Unavailable.class);
    }

    @Test
    void aTokenIsNotAcceptedWithoutItsIssuer() {
        var verifier = make();
        var token = validToken();
        if (stopIssuer()) {
            assertThat(verify(verifier, token)).isInstanceOf(Unavailable.class);
        } else {
            assertThat(verify(verifier, token)).isInstanceOf(Valid.class);
        }
    }

    @Test
    void concurrentCallsGetTheSameResults() throws Exception {
        var verifier = make();
        var good = validToken();
        var bad = invalidTokens().getFirst();
        var expected = valid(verifier, good).principal();

        ConcurrentRun.run(THREADS, thread -> {
            for (int i = 0; i < CALLS; i++) {
                assertThat(valid(verifier, good).principal()).isEqualTo(expected);
                assertThat(verify(verifier, bad)).isInstanceOf(Rejected.class);
            }
            return thread;
        });
    }

    @Test
    void inspectionAloneNeverAcceptsAToken() {
        Inspection inspection = make().inspect(validToken());

        assertThat(inspection).isInstanceOf(Candidate.class);
    }
}
