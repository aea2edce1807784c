package io.breakwater.core.data.authentication;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.RevocationStore;
import io.breakwater.port.driven.RevocationStore.TokenName;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.execution.ServerExecutors.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revoked tokens of a store, in memory. A request for newer ones every half second keeps the list up to date, so a
 * revoked token is refused within a second on every server.
 *
 * <p>While the store does not answer, the last known list counts for a minute. After that, and before the first answer,
 * tokens of the local issuer are not accepted, because only this list says which of them were revoked. Tokens of other
 * issuers are, because their issuers have other ways to withdraw them. Thread-safe.
 */
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
    private final Map<TokenName, Instant> revoked = new ConcurrentHashMap<>();
    private final AtomicBoolean polling = new AtomicBoolean();
    private final Scheduled schedule;
    private long version; // only the poll that runs uses it
    private volatile boolean loaded;
    private volatile boolean failing;
    private volatile long loadedAt;

    /**
     * Creates the list and begins to load it.
     *
     * @param localIssuer the issuer of the tokens that this deployment issues itself
     */
    public RevocationList(RevocationStore store, String localIssuer, ServerExecutors executors) {
        this.store = store;
        this.localIssuer = localIssuer;
        this.executors = executors;
        startPoll();
        this.schedule = executors.scheduleRepeatedly(INTERVAL, this::startPoll);
    }

    @Override
    public boolean isRevoked(Valid token) {
        var issuer = token.principal().issuer();
        if (issuer.equals(localIssuer) && !isUpToDate()) {
            throw new PortException.UnavailableException(
                    "The list of revoked tokens is not available.", RETRY_AFTER, null);
        }
        return !revoked.isEmpty() && isListed(issuer, token.tokenId());
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
        if (!failing) {
            failing = true;
            LOG.warn(
                    "The list of revoked tokens cannot be loaded: {} Tokens that this deployment issued are refused"
                            + " {}.",
                    failure.getMessage(),
                    loaded ? "when this lasts for " + MAX_AGE.toSeconds() + " s" : "until it is",
                    failure instanceof PortException ? null : failure);
        }
    }

    /** Returns the number of revoked tokens, for tests. */
    int size() {
        return revoked.size();
    }

    /** Ends the requests for newer revocations. */
    @Override
    public void close() {
        schedule.cancel();
    }
}
