package io.breakwater.core.data.service;

import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.CheckSignal;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the token endpoint of a service fails. While it does not respond, one request in a few seconds tries it again,
 * and the others fail at once, so that a silent endpoint does not make each call wait. Thread-safe.
 */
final class TokenOutage {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.services");
    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final String service;
    private final CheckSignal signal;
    private final LongSupplier nanos;
    private @Nullable String silence; // for callers; guarded by this, like the next
    private long nextTry;
    private volatile @Nullable String problem;

    /** @param signal requests a check of the service, whose result is the warning about the outage */
    TokenOutage(String service, CheckSignal signal, LongSupplier nanos) {
        this.service = service;
        this.signal = signal;
        this.nanos = nanos;
    }

    /** Returns why the endpoint issues no tokens, and what to do, for operators; null if it does. */
    @Nullable
    String problem() {
        return problem;
    }

    /**
     * Begins a request to the endpoint.
     *
     * @param time the maximum time for the response
     * @throws UnavailableException if the endpoint did not respond a moment ago
     */
    synchronized void begin(Duration time) {
        if (silence == null) {
            return;
        }
        long rest = nextTry - nanos.getAsLong();
        if (rest > 0) {
            throw new UnavailableException(silence, longer(Duration.ofNanos(rest), MIN_PAUSE), null);
        }
        nextTry = nanos.getAsLong() + time.plus(MIN_PAUSE).toNanos();
    }

    /** The endpoint did not respond: further requests fail for as long as this one took, at least 1 s and at most 5 s. */
    UnavailableException silent(String reason, Duration took) {
        var message = message("does not respond");
        var pause = longer(took, MIN_PAUSE);
        pause = pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
        synchronized (this) {
            silence = message;
            nextTry = nanos.getAsLong() + pause.toNanos();
        }
        report("its token endpoint does not respond: " + reason);
        return new UnavailableException(message, pause, null);
    }

    /**
     * The endpoint issued no token for a reason that no caller can change.
     *
     * @param what what it did, for callers: the end of a sentence
     * @param reason the sentence for operators
     */
    UnavailableException failed(String what, String reason, @Nullable Duration retryAfter) {
        responded();
        report(reason);
        return new UnavailableException(message(what), retryAfter, null);
    }

    /** The endpoint works. */
    void ended() {
        responded();
        if (problem != null) {
            problem = null;
            if (!signal.isSubscribed()) {
                LOG.info("The server can authenticate to {} again.", service);
            }
            signal.send();
        }
    }

    private synchronized void responded() {
        silence = null;
    }

    private String message(String what) {
        return "The server cannot authenticate to " + service + ": the token endpoint " + what + ".";
    }

    private void report(String reason) {
        boolean began = problem == null;
        problem = "The server cannot authenticate to " + service + ": " + reason + " Check the setting services."
                + service + ".oauth2.";
        if (began && !signal.isSubscribed()) {
            LOG.warn("{}", problem);
        } else {
            LOG.debug("{}", problem);
        }
        signal.send();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
