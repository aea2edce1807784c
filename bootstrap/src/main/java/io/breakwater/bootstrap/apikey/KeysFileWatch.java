package io.breakwater.bootstrap.apikey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns when an API keys file appears while a server runs that has started without authentication. */
public final class KeysFileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeysFileWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Path file;
    private final ScheduledExecutorService timer;

    private KeysFileWatch(Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("breakwater-api-keys").factory());
    }

    /** Watches until the file exists or the watch is closed. */
    public static KeysFileWatch begin(Path file) {
        var watch = new KeysFileWatch(file);
        var unused = watch.timer.scheduleWithFixedDelay(
                watch::check, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private void check() {
        if (Files.exists(file)) {
            LOG.warn(
                    "The API keys file {} has been created, but the server started without authentication, so callers"
                            + " need no credential. Restart the server to require one.",
                    file);
            timer.shutdown();
        }
    }

    /** Stops watching. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
