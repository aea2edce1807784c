package io.breakwater.bootstrap.lifecycle;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationException;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
 * configuration with errors changes nothing. A change counts only when the next check finds the same files, because the
 * beginning of a file that is being written may be valid, and lack the access rules that deny.
 */
@OutageBehavior(
        guard = "configuration",
        dependency = GuardDependency.CONFIGURATION_FILE,
        failure = "not valid after a change",
        effect = OutageEffect.DEGRADE,
        behavior = "The server keeps all its settings, also the access rules.",
        recovery = "Correct the file; it takes effect within seconds.",
        signal = "log line `The configuration has changed, but has errors`",
        details = "access.md#how-rules-decide")
@OutageBehavior(
        guard = "configuration",
        dependency = GuardDependency.CONFIGURATION_FILE,
        failure = "half-written",
        effect = OutageEffect.DEGRADE,
        behavior = "The server keeps its settings until two checks find the same file.",
        recovery = "The complete file takes effect within seconds.",
        signal = "–",
        details = "access.md#how-rules-decide")
public final class ConfigurationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final long SECONDS = 1;

    private final ConfigurationSources sources;
    private final List<Path> files;
    private final Consumer<BreakwaterSettings> onChange;
    private final ScheduledExecutorService timer;
    private List<Stamp> inUse;
    private List<Stamp> lastSeen;

    /** Tells whether a file has changed. */
    private record Stamp(FileTime time, long size) {
        /** That of a deleted file, which counts as a change. */
        private static final Stamp DELETED = new Stamp(FileTime.fromMillis(0), -1);

        static Stamp of(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime(), attributes.size());
            } catch (IOException deleted) {
                return DELETED;
            }
        }
    }

    private ConfigurationWatch(ConfigurationSources sources, List<Path> files, Consumer<BreakwaterSettings> onChange) {
        this.sources = sources;
        this.files = files.stream().map(sources.folder()::resolve).toList();
        this.onChange = onChange;
        this.inUse = stamps();
        this.lastSeen = inUse;
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
        var now = stamps();
        boolean complete = now.equals(lastSeen);
        lastSeen = now;
        if (complete && !now.equals(inUse)) {
            inUse = now;
            read();
        }
    }

    /**
     * Reads the files now, whether or not they have changed.
     *
     * @throws ConfigurationException if the configuration has errors; then nothing changes
     */
    public synchronized void reload() {
        inUse = stamps();
        lastSeen = inUse;
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

    private List<Stamp> stamps() {
        return files.stream().map(Stamp::of).toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
