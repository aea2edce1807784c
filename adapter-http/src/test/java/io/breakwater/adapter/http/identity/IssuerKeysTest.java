package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;
import static io.breakwater.adapter.http.identity.IdentityRig.SETTINGS;
import static io.breakwater.adapter.http.identity.IdentityRig.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.TokenVerifier.Candidate;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.driven.TokenVerifier.Verification;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import io.breakwater.sample.identity.SigningKey;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The keys of a real provider, which rotates them, fails, and is flooded. */
class IssuerKeysTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SigningKey NEW = Keys.forged("ES256").as("new", "ES256");

    private final IdentityRig rig = new IdentityRig();
    private final OpenIdProvider provider = OpenIdProvider.start("", rig.clock, Keys.of("ES256"));
    private JwtVerifier verifier = verifier(SETTINGS);

    @AfterEach
    void close() {
        provider.close();
        rig.close();
    }

    private JwtVerifier verifier(KeySetSettings settings) {
        return rig.jwt(settings, JwtIssuer.withKeySet(provider.issuer(), AUDIENCE, provider.uri("/keys")));
    }

    private Verification verifyWith(SigningKey key) {
        return verify(verifier, provider.token(AUDIENCE).sign(key));
    }

    private void assertGoodTokenIsValid() {
        assertThat(verifyWith(Keys.of("ES256"))).isInstanceOf(Valid.class);
    }

    @Test
    void keysAreRequestedOnceForManyTokens() {
        for (int i = 0; i < 20; i++) {
            assertGoodTokenIsValid();
        }

        assertThat(provider.requests("/keys")).isEqualTo(1);
    }

    @Test
    void aNewKeyIsFoundAfterTheMinimumInterval() {
        assertGoodTokenIsValid();
        provider.rotate(NEW, Keys.of("ES256"));

        assertThat(verifyWith(NEW)).isInstanceOf(Rejected.class);
        rig.clock.advance(SETTINGS.minInterval());
        assertThat(verifyWith(NEW)).isInstanceOf(Valid.class);
        assertGoodTokenIsValid();
        assertThat(provider.requests("/keys")).isEqualTo(2);
    }

    @Test
    void aRemovedKeyIsRefusedAfterTheLifetime() {
        assertGoodTokenIsValid();
        provider.rotate(NEW);
        rig.clock.advance(SETTINGS.lifetime());

        assertThat(verifyWith(Keys.of("ES256"))).isInstanceOf(Rejected.class);
        assertThat(verifyWith(NEW)).isInstanceOf(Valid.class);
    }

    @Test
    void keysAreRefreshedInTheBackgroundBeforeTheyExpire() {
        assertGoodTokenIsValid();
        provider.rotate(NEW);
        rig.clock.advance(SETTINGS.lifetime().minus(SETTINGS.refreshAhead()).plus(MINUTE));
        assertGoodTokenIsValid();

        Eventually.holds(() -> verifyWith(NEW) instanceof Valid);
        Eventually.holds(() -> verifyWith(Keys.of("ES256")) instanceof Rejected);
        assertThat(provider.requests("/keys")).isEqualTo(2);
    }

    @Test
    void aFloodOfUnknownKeyIdsLeadsToOneRequestInEachInterval() {
        assertGoodTokenIsValid();
        int intervals = 5;
        for (int interval = 1; interval <= intervals; interval++) {
            rig.clock.advance(SETTINGS.minInterval());
            for (int i = 0; i < 200; i++) {
                assertThat(verifyWith(NEW.as("kid-" + interval + "-" + i, "ES256")))
                        .isInstanceOf(Rejected.class);
            }
            assertThat(provider.requests("/keys")).isEqualTo(1 + interval);
        }
        assertGoodTokenIsValid();
    }

    @Test
    void withinAnIntervalAnUnknownKeyIdIsRefusedByInspection() {
        assertGoodTokenIsValid();
        var unknown = provider.token(AUDIENCE).sign(NEW);

        assertThat(verifier.inspect(unknown)).isInstanceOf(Rejected.class);
        rig.clock.advance(SETTINGS.minInterval());
        assertThat(verifier.inspect(unknown)).isInstanceOf(Candidate.class);
    }

    @Test
    @CoversOutage("signed tokens: identity provider slow")
    void concurrentCallsShareOneRequest() throws Exception {
        provider.behave(ProviderBehavior.SLOW);
        var calls = new ArrayList<Callable<Verification>>();
        for (int i = 0; i < 20; i++) {
            calls.add(() -> verifyWith(Keys.of("ES256")));
        }
        var results = calls.stream().map(rig.threads::submit).toList();
        Eventually.holds(() -> provider.requests("/keys") == 1);
        provider.behave(ProviderBehavior.CORRECT);

        for (var result : results) {
            assertThat(result.get()).isInstanceOf(Valid.class);
        }
        assertThat(provider.requests("/keys")).isEqualTo(1);
    }

    @Test
    @CoversOutage("signed tokens: identity provider down")
    void goodTokensAreValidWhileTheProviderIsDownForTenMinutes() {
        assertGoodTokenIsValid();
        provider.behave(ProviderBehavior.DOWN);

        for (int minute = 0; minute < 10; minute++) {
            rig.clock.advance(MINUTE);
            assertGoodTokenIsValid();
        }
        provider.behave(ProviderBehavior.CORRECT);
        provider.rotate(NEW);
        rig.clock.advance(SETTINGS.lifetime());
        Eventually.holds(() -> verifyWith(NEW) instanceof Valid);
    }

    @Test
    @CoversOutage("signed tokens: identity provider down for longer than an hour, or at the start")
    void withoutTheProviderKeysAreUsedForALimitedTime() {
        assertGoodTokenIsValid();
        provider.behave(ProviderBehavior.DOWN);
        int minutes = 0;
        while (verifyWith(Keys.of("ES256")) instanceof Valid && minutes < 100) {
            rig.clock.advance(MINUTE);
            minutes++;
        }

        assertThat(Duration.ofMinutes(minutes)).isBetween(SETTINGS.staleFor().dividedBy(2), SETTINGS.staleFor());
        assertThat(verify(verifier, provider.token(AUDIENCE).sign(Keys.of("ES256"))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    @CoversOutage("signed tokens: identity provider down while a token has an unknown key")
    void anUnknownKeyMayBeANewOneWhileTheProviderIsDown() {
        assertGoodTokenIsValid();
        provider.behave(ProviderBehavior.DOWN);
        rig.clock.advance(SETTINGS.minInterval());

        assertThat(verifyWith(NEW))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        result -> assertThat(result.retryAfter()).isPositive());
        assertGoodTokenIsValid();
    }

    @ParameterizedTest
    @CoversOutage({
        "signed tokens: identity provider down for longer than an hour, or at the start",
        "signed tokens: identity provider responding with unusable keys"
    })
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CORRECT", "SLOW", "WRONG_ISSUER"})
    void withoutUsableKeysNoTokenIsAccepted(ProviderBehavior behavior) {
        verifier = verifier(KeySetSettings.DEFAULT.withTimeout(Duration.ofMillis(500)));
        provider.behave(behavior);

        assertThat(verifyWith(Keys.of("ES256"))).isInstanceOf(Unavailable.class);
        provider.behave(ProviderBehavior.CORRECT);
        rig.clock.advance(SETTINGS.minInterval());
        Eventually.holds(() -> verifyWith(Keys.of("ES256")) instanceof Valid);
    }

    @Test
    @CoversOutage("signed tokens: identity provider slow")
    void aCallDoesNotWaitLongerThanItsTime() {
        provider.behave(ProviderBehavior.SLOW);
        var candidate = (Candidate) verifier.inspect(provider.token(AUDIENCE).sign(Keys.of("ES256")));

        assertThat(candidate.verify(ManualCallContext.within(Duration.ofMillis(1))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void keysThatAreNotMeantOrNotSuitedForSignaturesAreNotUsed() {
        var weak = SigningKey.rsa("weak", 1024);
        provider.rotate(weak, Keys.of("RS256"), Keys.HS256.as("shared", "HS256"));

        assertThat(verifyWith(Keys.of("RS256"))).isInstanceOf(Valid.class);
        assertThat(verifyWith(weak)).isInstanceOf(Rejected.class);
        assertThat(verifyWith(Keys.HS256)).isInstanceOf(Rejected.class);
        assertThat(provider.requests("/keys")).isEqualTo(1);
    }
}
