package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads certificate and key again when they change on disk, and tells when the pair in use is about to expire. Two
 * files cannot change in one moment, so a change counts only when the next look finds the same; a pair that no client
 * could accept leaves the old one in service. Such a pair is checked at each look, because one that is not valid yet
 * becomes valid, but one line says it.
 *
 * <p>The looks have a thread of their own, which nothing waits for: a file system may never answer.
 */
final class Certificates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private static final String NAME = "http.tls";
    private static final Duration LONG_LOOK = Duration.ofSeconds(30);

    private final HttpSettings.Tls tls;
    private final Source source;
    private final Server server;
    private final InstantSource clock;
    private final CheckSignal signal = new CheckSignal();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watcher = new Thread(this::watchFiles, "breakwater-certificates");
    private final Dependency dependency = new Dependency(NAME, Dependency.Need.OPTIONAL, scope -> probe(), signal);
    private volatile CheckedKeyPair served;
    private volatile @Nullable String trouble; // with the files
    private volatile @Nullable Instant lookBegan;
    private @Nullable KeyPairFiles seen; // this and the stage are of the watcher alone
    private CheckedKeyPair.Stage told = CheckedKeyPair.Stage.FAR;

    /** Where the files come from. */
    interface Source {
        KeyPairFiles read() throws IOException;

        CheckedKeyPair check(KeyPairFiles files) throws GeneralSecurityException;
    }

    /** Where a pair goes to. */
    @FunctionalInterface
    interface Server {
        void use(CheckedKeyPair pair) throws ExecutionException, InterruptedException;
    }

    /**
     * Looks after the certificate of that server.
     *
     * @param served what it serves with at present
     */
    Certificates(HttpSettings.Tls tls, Source source, CheckedKeyPair served, Server server, InstantSource clock) {
        this.tls = tls;
        this.source = source;
        this.served = served;
        this.server = server;
        this.clock = clock;
        watcher.setDaemon(true);
    }

    /** Looks at the files from now on. */
    void watch() {
        watcher.start();
    }

    /** For the health report. */
    Dependency dependency() {
        return dependency;
    }

    void bindMetrics(MetricSink figures) {
        figures.gauge(
                "mcp_http_certificate_end_timestamp_seconds",
                "When the certificate in use expires, in seconds since 1970.",
                Map.of(),
                () -> served.end().getEpochSecond());
    }

    private void watchFiles() {
        try {
            do {
                lookBegan = clock.instant();
                checkForChanges();
                lookBegan = null;
                warnOfExpiry();
            } while (!closed.await(tls.checkEvery().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            LOG.debug("The certificate is watched no longer");
        }
    }

    private void checkForChanges() throws InterruptedException {
        try {
            var now = source.read();
            boolean still = now.equals(seen);
            seen = now;
            if (now.equals(served.files())) {
                become(null);
            } else if (still) {
                replaceBy(now);
            }
        } catch (IOException e) {
            become("Cannot read the certificate or its key; the pair in use stays: " + KeyPairFiles.reason(e) + ".");
        }
    }

    private void replaceBy(KeyPairFiles files) throws InterruptedException {
        try {
            var pair = source.check(files);
            server.use(pair);
            served = pair;
            told = CheckedKeyPair.Stage.FAR;
            trouble = null;
            LOG.info("The certificate was read again from {}", tls.certificate());
            signal.send();
        } catch (GeneralSecurityException | ExecutionException | RuntimeException e) {
            become("Cannot serve with the new certificate " + tls.certificate() + " and key " + tls.key()
                    + "; the pair in use stays: " + e.getMessage() + ".");
        }
    }

    /** Says each trouble once. The health check writes the line where there is one, but not when the reason changes. */
    private void become(@Nullable String now) {
        var before = trouble;
        trouble = now;
        if (Objects.equals(before, now)) {
            return;
        }
        if (now != null && (before != null || !signal.isSubscribed())) {
            LOG.warn("{}", now);
        }
        signal.send();
    }

    private void warnOfExpiry() {
        var stage = served.stage(clock.instant());
        if (stage.compareTo(told) <= 0) {
            return;
        }
        told = stage;
        if (stage != CheckedKeyPair.Stage.OVER) {
            LOG.warn(
                    "The certificate of {} in {} expires at {}: replace the files of http.tls.certificate and"
                            + " http.tls.key before",
                    name(),
                    tls.certificate(),
                    served.end());
        } else if (signal.isSubscribed() && trouble == null) {
            signal.send();
        } else {
            LOG.warn("{}", expired());
        }
    }

    private void probe() {
        var began = lookBegan;
        if (began != null && began.plus(LONG_LOOK).isBefore(clock.instant())) {
            throw unavailable("Reading the certificate " + tls.certificate() + " and the key " + tls.key()
                    + " has not ended since " + began + ": check their file system. The pair in use stays.");
        }
        if (served.stage(clock.instant()) == CheckedKeyPair.Stage.OVER) {
            throw unavailable(expired());
        }
        var reason = trouble;
        if (reason != null) {
            throw unavailable(reason);
        }
    }

    private String expired() {
        return "The certificate of " + name() + " in " + tls.certificate() + " expired at " + served.end()
                + ", and clients refuse it: replace the files of http.tls.certificate and http.tls.key.";
    }

    private String name() {
        return KeyPairCheck.name(served.firstToExpire());
    }

    private static PortException.UnavailableException unavailable(String reason) {
        return new PortException.UnavailableException(reason, null, null);
    }

    /** Looks no longer; a look that does not end is left behind. */
    @Override
    public void close() {
        closed.countDown();
        watcher.interrupt();
    }
}
