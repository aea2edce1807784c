package io.breakwater.adapter.http.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import io.breakwater.adapter.http.identity.HeaderCheck.KeyReference;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * The published keys of one issuer. Nimbus caches them, refreshes them ahead of time, retries, and keeps them while the
 * issuer cannot be reached; this class gives it the time, and decides when an unknown key id is worth a request. It keeps
 * the latest keys ready to verify.
 */
@OutageBehavior(
        guard = "signed tokens",
        dependency = GuardDependency.IDENTITY_PROVIDER,
        failure = "down",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Known keys verify tokens for up to an hour. Tokens that were verified before are accepted meanwhile.",
        recovery = "The keys are requested again with the next token.",
        signal = "health cause `issuer <name>`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "signed tokens",
        dependency = GuardDependency.IDENTITY_PROVIDER,
        failure = "down for longer than an hour, or at the start",
        effect = OutageEffect.DENY,
        behavior = "Tokens of this issuer get 503.",
        recovery = "They are accepted when the issuer answers again.",
        signal = "health cause `issuer <name>`; `mcp_auth_failures_total{reason=\"unavailable\"}`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "signed tokens",
        dependency = GuardDependency.IDENTITY_PROVIDER,
        failure = "down while a token has an unknown key",
        effect = OutageEffect.DENY,
        behavior = "The token gets 503, because its key may be a new one. Tokens with known keys are accepted.",
        recovery = "The token is accepted or refused when the issuer answers again.",
        signal = "health cause `issuer <name>`; `mcp_auth_failures_total{reason=\"unavailable\"}`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "signed tokens",
        dependency = GuardDependency.IDENTITY_PROVIDER,
        failure = "slow",
        effect = OutageEffect.DENY,
        behavior = "A token whose key is not known gets 503 when its time is over. All calls share one request.",
        recovery = "The key is known when the response has arrived.",
        signal = "`mcp_auth_failures_total{reason=\"unavailable\"}`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "signed tokens",
        dependency = GuardDependency.IDENTITY_PROVIDER,
        failure = "responding with unusable keys",
        effect = OutageEffect.DENY,
        behavior = "The same as if it were down: known keys count for up to an hour, and other tokens get 503.",
        recovery = "The next usable response counts.",
        signal = "health cause `issuer <name>`, with the reason",
        details = "security.md#when-something-that-authentication-needs-fails")
final class IssuerKeys implements VerificationKeys {
    private final KeySetFetcher fetcher;
    private final KeySetSettings settings;
    private final InstantSource clock;
    private final JWKSetSource<SecurityContext> source;
    private final SharedLoad<KeySnapshot> current;
    private final SharedLoad<KeySnapshot> refreshed;
    private volatile KeySnapshot latest = KeySnapshot.EMPTY;

    IssuerKeys(KeySetFetcher fetcher, KeySetSettings settings, ExecutorService executor, InstantSource clock) {
        this.fetcher = fetcher;
        this.settings = settings;
        this.clock = clock;
        this.source = cached(fetcher, settings, executor);
        this.current = new SharedLoad<>(executor, () -> ask(JWKSetCacheRefreshEvaluator.noRefresh()));
        this.refreshed =
                new SharedLoad<>(executor, () -> ask(JWKSetCacheRefreshEvaluator.referenceComparison(latest.set())));
    }

    private static JWKSetSource<SecurityContext> cached(
            KeySetFetcher fetcher, KeySetSettings settings, ExecutorService executor) {
        long timeout = settings.timeout().multipliedBy(2).toMillis();
        // Keys that Nimbus returns during an outage stay in its cache for one more lifetime.
        long stale = settings.staleFor().minus(settings.lifetime()).toMillis();
        var source = JWKSourceBuilder.create(fetcher)
                .cache(settings.lifetime().toMillis(), timeout)
                .refreshAheadCache(settings.refreshAhead().toMillis(), null, executor, false, null, false)
                .rateLimited(settings.minInterval().toMillis())
                .retrying(true)
                .outageTolerant(stale)
                .build();
        return ((JWKSetBasedJWKSource<SecurityContext>) source).getJWKSetSource();
    }

    @Override
    public Lookup find(KeyReference key) {
        var keys = latest;
        var verifier = keys.find(key);
        if (verifier != null) {
            return new Found(verifier);
        }
        return isCurrent(keys) && !isRefreshPossible() ? new Absent(keys.ids()) : new NotLoaded();
    }

    @Override
    public Lookup load(KeyReference key, CallContext context) {
        try {
            var verifier = (isFresh() ? latest : current.await(context.remaining())).find(key);
            if (verifier == null && isRefreshPossible()) {
                verifier = refreshed.await(context.remaining()).find(key);
            }
            return verifier != null ? new Found(verifier) : absent();
        } catch (ExecutionException | TimeoutException e) {
            return unreachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable();
        }
    }

    /** A key that is unknown while the issuer cannot be reached may be a new one. */
    private Lookup absent() {
        return fetcher.status().failing() ? unreachable() : new Absent(latest.ids());
    }

    private Lookup unreachable() {
        return new Unreachable(unavailable(), untilNextRequest());
    }

    private String unavailable() {
        var failure = fetcher.status().failure();
        return "The keys of the issuer " + fetcher.issuer() + " are not available. "
                + (failure == null ? "They did not arrive in time." : failure);
    }

    /**
     * Reports whether the keys are available. The first report waits for the issuer, because nothing is known of it
     * before; the others do not. After a failure, each asks it again for the next report.
     *
     * @throws UnavailableException when the latest request for the keys failed
     */
    void probe(CallContext context) throws InterruptedException {
        if (fetcher.status().isUnknown()) {
            awaitFirst(context);
        }
        boolean failing = fetcher.status().failing();
        if (isRefreshPossible() && (failing || latest.isEmpty())) {
            (latest.isEmpty() ? current : refreshed).begin();
        }
        if (failing) {
            throw new UnavailableException(unavailable(), untilNextRequest(), null);
        }
    }

    private void awaitFirst(CallContext context) throws InterruptedException {
        try {
            var unused = current.await(context.remaining());
        } catch (ExecutionException | TimeoutException e) {
            throw new UnavailableException(unavailable(), untilNextRequest(), null);
        }
    }

    private Duration untilNextRequest() {
        var next = fetcher.status().attempt().plus(settings.minInterval());
        var time = Duration.between(clock.instant(), next);
        return time.isPositive() ? time : Duration.ofSeconds(1);
    }

    /**
     * Later, Nimbus decides whether the keys may still be used, and refreshes them in the background; the latest keys
     * are then not those of the latest response.
     */
    private boolean isFresh() {
        var age = settings.lifetime().minus(settings.refreshAhead());
        return isCurrent(latest)
                && clock.instant().isBefore(fetcher.status().success().plus(age));
    }

    private boolean isCurrent(KeySnapshot keys) {
        return !keys.isEmpty() && keys.isFrom(fetcher.status().set());
    }

    /** Unknown key ids lead to one request in each interval, which all callers share. */
    private boolean isRefreshPossible() {
        return refreshed.isRunning()
                || !clock.instant().isBefore(fetcher.status().attempt().plus(settings.minInterval()));
    }

    private KeySnapshot ask(JWKSetCacheRefreshEvaluator evaluator) {
        try {
            return prepared(source.getJWKSet(evaluator, clock.millis(), null));
        } catch (KeySourceException e) {
            throw new CompletionException(e);
        }
    }

    private synchronized KeySnapshot prepared(JWKSet set) {
        if (!latest.isFrom(set)) {
            latest = KeySnapshot.of(set);
        }
        return latest;
    }
}
