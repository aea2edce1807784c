package io.breakwater.core.data.authentication;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.RevocationStore;
import io.breakwater.port.driven.RevocationStore.TokenName;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.execution.ServerExecutors.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revoked tokens of a store, in memory. A request for newer ones every half second keeps the list up to date, so a
 * revoked token is refused within a second on every server.
 *
 * <p>While the store does not answer, the last known list counts for a minute. After that, and before the first answer,
 * tokens of the local issuer are not accepted, because only this list says which of them were revoked. Tokens of other
 * issuers are, because their issuers have other ways to withdraw them.
 *
 * <p>The first check of a token waits until the list is loaded for the first time, with a limit. After the limit, checks
 * wait no more, so that a store that is down costs the time once. Thread-safe.
 */
@OutageBehavior(
        guard = "revocations",
        dependency = GuardDependency.STORE,
        failure = "down for up to a minute",
        effect = OutageEffect.DEGRADE,
        behavior = "The last known list of revoked tokens counts; a token that is revoked meanwhile is still accepted.",
        recovery = "The list is up to date within a second after the store answers.",
        signal = "log line `The list of revoked tokens cannot be loaded`; health cause `store`",
        details = "accounts.md#when-the-store-is-not-available")
@OutageBehavior(
        guard = "revocations",
        dependency = GuardDependency.STORE,
        failure = "down for longer, or at the start",
        effect = OutageEffect.DENY,
        behavior = "Tokens that the deployment issued itself get 503. API keys are not affected.",
        recovery = "They are accepted again within a second after the store answers.",
        signal = "`mcp_auth_failures_total{reason=\"unavailable\"}`; health cause `store`",
        details = "accounts.md#when-the-store-is-not-available")
@OutageBehavior(
        guard = "revocations by other issuers",
        dependency = GuardDependency.STORE,
        failure = "down",
        effect = OutageEffect.ALLOW,
        behavior =
                "Tokens of identity providers are accepted by the last known list, and by no list if the store was never "
                        + "available: their issuer decides about them, and `token revoke --issuer` only adds to it.",
        recovery = "The list is up to date within a second after the store answers.",
        signal = "log line `The list of revoked tokens cannot be loaded`; health cause `store`",
        details = "accounts.md#when-the-store-is-not-available")
public final class RevocationList implements Revocations, AutoCloseable {
    static final Duration INTERVAL = Duration.ofMillis(500);
    static final Duration MAX_AGE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(RevocationList.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int PAGE = 1_000;

    private final RevocationStore store;
    private final String localIssuer;
    private final ServerExecutors executors;
    private final Duration timeout;
    private final Map<TokenName, Instant> revoked = new ConcurrentHashMap<>();
    private final AtomicBoolean polling = new AtomicBoolean();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private final CountDownLatch waiting = new CountDownLatch(1); // until the first load, or the limit of the wait
    private final Scheduled schedule;
    private long version; // only the poll that runs uses it
    private volatile boolean loaded;
    private volatile boolean failing;
    private volatile String lastFailure = "it has not answered yet";
    private volatile long loadedAt;

    /**
     * Creates the list and begins to load it.
     *
     * @param localIssuer the issuer of the tokens that this deployment issues itself
     * @param timeout how long the first checks of tokens wait for the list
     */
    public RevocationList(RevocationStore store, String localIssuer, Duration timeout, ServerExecutors executors) {
        this.store = store;
        this.localIssuer = localIssuer;
        this.timeout = timeout;
        this.executors = executors;
        startPoll();
        this.schedule = executors.scheduleRepeatedly(INTERVAL, this::startPoll);
    }

    @Override
    public boolean isRevoked(Valid token) {
        var issuer = token.principal().issuer();
        if (issuer.equals(localIssuer) && !isUpToDate()) {
            throw new PortException.UnavailableException(
                    "The list of revoked tokens is not available: the store does not answer (" + lastFailure + ").",
                    RETRY_AFTER,
                    null);
        }
        return !revoked.isEmpty() && isListed(issuer, token.tokenId());
    }

    @Override
    public void awaitReady(Valid token, CallContext context) {
        if (!token.principal().issuer().equals(localIssuer) || waiting.getCount() == 0) {
            return;
        }
        if (awaited.compareAndSet(false, true)) {
            executors.schedule(timeout, waiting::countDown);
        }
        try {
            var unused = waiting.await(context.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isUpToDate() {
        return loaded && executors.nanoTime() - loadedAt <= MAX_AGE.toNanos();
    }

    private boolean isListed(String issuer, String id) {
        int group = id.indexOf('.');
        return !id.isEmpty()
                && (revoked.containsKey(new TokenName(issuer, id))
                        || (group > 0 && revoked.containsKey(new TokenName(issuer, id.substring(0, group)))));
    }

    private void startPoll() {
        if (!polling.compareAndSet(false, true)) {
            return;
        }
        try {
            executors.virtualThreads().execute(this::poll);
        } catch (RejectedExecutionException full) {
            polling.set(false);
        }
    }

    private void poll() {
        try {
            long began = executors.nanoTime();
            loadChanges();
            loadedAt = began;
            loaded = true;
            waiting.countDown();
            recovered();
        } catch (RuntimeException failure) {
            failed(failure);
        } finally {
            polling.set(false);
        }
    }

    private void loadChanges() {
        var now = executors.clock().instant();
        revoked.values().removeIf(expires -> expires.isBefore(now));
        for (boolean more = true; more; ) {
            var changes =
                    store.changesSince(version, PAGE, new TimedContext("revocations", TIMEOUT, executors::nanoTime));
            add(changes, now);
            more = changes.size() == PAGE;
        }
    }

    private void add(List<RevocationStore.Revocation> changes, Instant now) {
        for (var change : changes) {
            if (!change.expires().isBefore(now)) {
                revoked.put(change.token(), change.expires());
            }
            version = change.version();
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("The list of revoked tokens is up to date again.");
        }
    }

    private void failed(RuntimeException failure) {
        lastFailure = failure instanceof PortException
                ? withoutFullStop(String.valueOf(failure.getMessage()))
                : "it failed because of a bug";
        if (!failing) {
            failing = true;
            LOG.warn(
                    "The list of revoked tokens cannot be loaded{} Tokens that this deployment issued are refused {}.",
                    failure instanceof PortException ? ": " + failure.getMessage() : " because of a bug.",
                    loaded ? "when this lasts for " + MAX_AGE.toSeconds() + " s" : "until it is",
                    failure instanceof PortException ? null : failure);
        }
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** Returns the number of revoked tokens, for tests. */
    int size() {
        return revoked.size();
    }

    /** Ends the requests for newer revocations. */
    @Override
    public void close() {
        schedule.cancel();
        waiting.countDown();
    }
}
