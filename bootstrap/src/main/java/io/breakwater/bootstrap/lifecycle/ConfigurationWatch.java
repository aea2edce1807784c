package io.breakwater.bootstrap.lifecycle;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationException;
import io.breakwater.bootstrap.config.ConfigurationSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration when one of its files has changed, for the settings that can change while a server runs. A
 * configuration with errors changes nothing.
 */
public final class ConfigurationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final long SECONDS = 2;

    private final ConfigurationSources sources;
    private final List<Path> files;
    private final Consumer<BreakwaterSettings> onChange;
    private final ScheduledExecutorService timer;
    private List<FileTime> times;

    private ConfigurationWatch(ConfigurationSources sources, List<Path> files, Consumer<BreakwaterSettings> onChange) {
        this.sources = sources;
        this.files = files.stream().map(sources.folder()::resolve).toList();
        this.onChange = onChange;
        this.times = times();
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("configuration-watch").factory());
    }

    /** Watches the files until the watch is closed. */
    public static ConfigurationWatch begin(
            ConfigurationSources sources, List<Path> files, Consumer<BreakwaterSettings> onChange) {
        var watch = new ConfigurationWatch(sources, files, onChange);
        var unused = watch.timer.scheduleWithFixedDelay(watch::check, SECONDS, SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    synchronized void check() {
        var now = times();
        if (!now.equals(times)) {
            times = now;
            read();
        }
    }

    /**
     * Reads the files now, whether or not they have changed.
     *
     * @throws ConfigurationException if the configuration has errors; then nothing changes
     */
    public synchronized void reload() {
        times = times();
        onChange.accept(Configuration.load(sources).settings());
        LOG.info("The configuration was read again, because an administrator has requested it");
    }

    private void read() {
        try {
            onChange.accept(Configuration.load(sources).settings());
            LOG.info("The configuration has changed; settings that can change while the server runs have taken effect");
        } catch (ConfigurationException errors) {
            LOG.warn(
                    "The configuration has changed, but has errors, so the server ignores it: {}", errors.getMessage());
        } catch (RuntimeException failed) { // an exception would end the watch
            LOG.error("The configuration has changed, but could not take full effect. Restart the server.", failed);
        }
    }

    private List<FileTime> times() {
        return files.stream().map(ConfigurationWatch::time).toList();
    }

    /** Returns 0 for a deleted file, which counts as a change. */
    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException deleted) {
            return FileTime.fromMillis(0);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
