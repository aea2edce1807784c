package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
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
 * Reloads the certificate and its key when they change on disk, and warns when the pair in use is about to expire. Two
 * files cannot change at the same moment, so a change counts only when the next check finds the same content. A pair
 * that no client could accept does not replace the one in use. Every check tests such a pair again, because a pair that
 * is not valid yet becomes valid, but the problem is logged once.
 *
 * <p>The checks run on a separate thread, for which no other thread waits, because a file system may never answer.
 */
@OutageBehavior(
        guard = "TLS",
        dependency = GuardDependency.CERTIFICATE_FILES,
        failure = "not valid after a change",
        effect = OutageEffect.DEGRADE,
        behavior = "The server keeps the current certificate and key.",
        recovery = "The server uses the files when they fit and two checks find the same content.",
        signal = "health cause `http.tls`, with the reason",
        details = "http.md#the-certificate")
@OutageBehavior(
        guard = "TLS",
        dependency = GuardDependency.CERTIFICATE_FILES,
        failure = "removed",
        effect = OutageEffect.DEGRADE,
        behavior = "The server keeps the current certificate and key.",
        recovery = "The server uses the files when they are back.",
        signal = "health cause `http.tls`, with the reason",
        details = "http.md#the-certificate")
@OutageBehavior(
        guard = "TLS",
        dependency = GuardDependency.CERTIFICATE_FILES,
        failure = "on a file system that is frozen",
        effect = OutageEffect.DEGRADE,
        behavior = "No request waits: the server keeps the current certificate and key.",
        recovery = "The next check follows when the file system answers.",
        signal = "health cause `http.tls`, after 30 s",
        details = "http.md#the-certificate")
@OutageBehavior(
        guard = "TLS",
        dependency = GuardDependency.CERTIFICATE_FILES,
        failure = "expired",
        effect = OutageEffect.DENY,
        behavior = "Clients refuse the certificate. The server warns 14 and 3 days ahead.",
        recovery = "Replace the files; no restart is necessary.",
        signal = "health cause `http.tls`; `mcp_http_certificate_end_timestamp_seconds`",
        details = "http.md#the-certificate")
final class Certificates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    static final String CERTIFICATE = "HttpSettings.Tls.certificate";
    static final String KEY = "HttpSettings.Tls.key";

    private static final Duration MAX_CHECK_TIME = Duration.ofSeconds(30);

    private final HttpSettings.Tls tls;
    private final Source source;
    private final Server server;
    private final InstantSource clock;
    private final SettingNames names;
    private final CheckSignal signal = new CheckSignal();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watcher = new Thread(this::watchFiles, "breakwater-certificates");
    private final Dependency dependency;
    private volatile CheckedKeyPair served;
    private volatile @Nullable String problem; // with the files; null if there is none
    private volatile @Nullable Instant checkStarted;
    private @Nullable KeyPairFiles lastRead; // only the watcher uses this and the stage
    private CheckedKeyPair.Stage warnedStage = CheckedKeyPair.Stage.VALID;

    /** Reads and checks the files. */
    interface Source {
        KeyPairFiles read() throws IOException;

        CheckedKeyPair check(KeyPairFiles files) throws GeneralSecurityException;
    }

    /** Starts to use a new pair. */
    @FunctionalInterface
    interface Server {
        void use(CheckedKeyPair pair) throws ExecutionException, InterruptedException;
    }

    /**
     * Manages the certificate of a server.
     *
     * @param served the pair in use
     */
    Certificates(
            HttpSettings.Tls tls,
            Source source,
            CheckedKeyPair served,
            Server server,
            InstantSource clock,
            SettingNames names) {
        this.tls = tls;
        this.source = source;
        this.served = served;
        this.server = server;
        this.clock = clock;
        this.names = names;
        this.dependency =
                new Dependency(names.nameOf("HttpSettings.tls"), Dependency.Need.OPTIONAL, scope -> probe(), signal);
        watcher.setDaemon(true);
    }

    /** Starts to watch the files. */
    void watch() {
        watcher.start();
    }

    /** Returns the dependency for the health report. */
    Dependency dependency() {
        return dependency;
    }

    void bindMetrics(MetricSink metrics) {
        metrics.gauge(
                "mcp_http_certificate_end_timestamp_seconds",
                "When the certificate in use expires, in seconds since 1970.",
                Map.of(),
                () -> served.end().getEpochSecond());
    }

    private void watchFiles() {
        try {
            do {
                checkStarted = clock.instant();
                checkForChanges();
                checkStarted = null;
                warnOfExpiry();
            } while (!closed.await(tls.checkInterval().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            LOG.debug("Stopped watching the certificate");
        }
    }

    private void checkForChanges() throws InterruptedException {
        try {
            var current = source.read();
            boolean unchanged = current.equals(lastRead);
            lastRead = current;
            if (current.equals(served.files())) {
                setProblem(null);
            } else if (unchanged) {
                replaceWith(current);
            }
        } catch (IOException e) {
            setProblem("Cannot read the certificate or its key; the server keeps the current certificate and key: "
                    + KeyPairFiles.reason(e) + ".");
        }
    }

    private void replaceWith(KeyPairFiles files) throws InterruptedException {
        try {
            var pair = source.check(files);
            server.use(pair);
            served = pair;
            warnedStage = CheckedKeyPair.Stage.VALID;
            problem = null;
            LOG.info("Reloaded the certificate from {}", tls.certificate());
            signal.send();
        } catch (GeneralSecurityException | ExecutionException | RuntimeException e) {
            setProblem("Cannot serve with the new certificate " + tls.certificate() + " and key " + tls.key()
                    + "; the server keeps the current certificate and key: " + e.getMessage() + ".");
        }
    }

    /**
     * Logs each problem once. If there is a health check, it logs the first problem, but not a change of the reason.
     */
    private void setProblem(@Nullable String now) {
        var before = problem;
        problem = now;
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
        if (stage.compareTo(warnedStage) <= 0) {
            return;
        }
        warnedStage = stage;
        if (stage != CheckedKeyPair.Stage.EXPIRED) {
            LOG.warn(
                    "The certificate of {} in {} expires at {}: replace the files of {} and {} before then",
                    name(),
                    tls.certificate(),
                    served.end(),
                    names.nameOf(CERTIFICATE),
                    names.nameOf(KEY));
        } else if (signal.isSubscribed() && problem == null) {
            signal.send();
        } else {
            LOG.warn("{}", expired());
        }
    }

    private void probe() {
        var began = checkStarted;
        if (began != null && began.plus(MAX_CHECK_TIME).isBefore(clock.instant())) {
            throw unavailable("Reading the certificate " + tls.certificate() + " and the key " + tls.key()
                    + " has not ended since " + began + ": check their file system. The server keeps the"
                    + " current certificate and key.");
        }
        if (served.stage(clock.instant()) == CheckedKeyPair.Stage.EXPIRED) {
            throw unavailable(expired());
        }
        var reason = problem;
        if (reason != null) {
            throw unavailable(reason);
        }
    }

    private String expired() {
        return "The certificate of " + name() + " in " + tls.certificate() + " expired at " + served.end()
                + ", and clients refuse it: replace the files of " + names.nameOf(CERTIFICATE) + " and "
                + names.nameOf(KEY) + ".";
    }

    private String name() {
        return KeyPairCheck.name(served.firstToExpire());
    }

    private static PortException.UnavailableException unavailable(String reason) {
        return new PortException.UnavailableException(reason, null, null);
    }

    /** Stops watching, and does not wait for a running check. */
    @Override
    public void close() {
        closed.countDown();
        watcher.interrupt();
    }
}
