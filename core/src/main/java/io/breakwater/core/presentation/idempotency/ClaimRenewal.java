package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.business.idempotency.ClaimedCalls;
import io.breakwater.port.PortException;
import io.breakwater.server.execution.ServerExecutors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the claims of running calls regularly, on a virtual thread, since the store may block. Thread-safe. */
public final class ClaimRenewal {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.call");

    private final ClaimedCalls claims;
    private final ServerExecutors executors;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile boolean failing;

    private ClaimRenewal(ClaimedCalls claims, ServerExecutors executors) {
        this.claims = claims;
        this.executors = executors;
    }

    /** Renews these claims until the executors close. */
    public static void start(ClaimedCalls claims, ServerExecutors executors) {
        var renewal = new ClaimRenewal(claims, executors);
        executors.scheduleRepeatedly(ClaimedCalls.RENEWAL_INTERVAL, renewal::startRound);
    }

    /** Starts a round, unless there is nothing to renew or the last round is still waiting for the store. */
    private void startRound() {
        if (claims.isIdle()) {
            failing = false;
            return;
        }
        if (!renewing.compareAndSet(false, true)) {
            return;
        }
        try {
            executors.virtualThreads().execute(this::renew);
        } catch (RejectedExecutionException full) {
            renewing.set(false);
        }
    }

    private void renew() {
        try {
            claims.renewAll();
            succeeded();
        } catch (PortException failure) {
            failed(failure);
        } finally {
            renewing.set(false);
        }
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            LOG.info("The claims of running calls are renewed again.");
        }
    }

    /** Logs only the first failure of an outage, since each round fails while it lasts. */
    private void failed(PortException failure) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "The claims of running calls cannot be renewed: {}. Calls that repeat them report an unknown outcome"
                            + " after 2 minutes, until the first call has ended.",
                    withoutPeriod(String.valueOf(failure.getMessage())));
        }
    }

    private static String withoutPeriod(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
