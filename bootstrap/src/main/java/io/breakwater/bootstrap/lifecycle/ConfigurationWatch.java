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
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration when one of its files has changed, for the settings that can change while a server runs. A
 * configuration with errors changes nothing, and neither does a file that is removed. A change counts only when the next check finds the same files, because the
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
    private final RunningSettings running;
    private final Consumer<BreakwaterSettings> onChange;
    private final ScheduledExecutorService timer;
    private List<Stamp> inUse;
    private List<Stamp> lastSeen;

    /** Tells whether a file has changed. */
    private record Stamp(FileTime time, long size) {
        /** That of a deleted file. */
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

    private ConfigurationWatch(
            ConfigurationSources sources, Configuration configuration, Consumer<BreakwaterSettings> onChange) {
        this.sources = sources;
        this.files =
                configuration.files().stream().map(sources.folder()::resolve).toList();
        this.running = new RunningSettings(configuration);
        this.onChange = onChange;
        this.inUse = stamps();
        this.lastSeen = inUse;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("configuration-watch").factory());
    }

    /**
     * Watches the files of a configuration until the watch is closed.
     *
     * @param configuration the configuration with which the server has started
     */
    public static ConfigurationWatch begin(
            ConfigurationSources sources, Configuration configuration, Consumer<BreakwaterSettings> onChange) {
        var watch = new ConfigurationWatch(sources, configuration, onChange);
        var unused = watch.timer.scheduleWithFixedDelay(watch::check, SECONDS, SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    synchronized void check() {
        var now = stamps();
        boolean complete = now.equals(lastSeen);
        lastSeen = now;
        if (complete && !now.equals(inUse)) {
            inUse = now;
            var removed = removed(now);
            if (removed.isEmpty()) {
                read();
            } else {
                LOG.warn("The configuration file {} was removed; the server keeps its settings.", removed.getFirst());
            }
        }
    }

    private List<Path> removed(List<Stamp> now) {
        return IntStream.range(0, files.size())
                .filter(i -> now.get(i).equals(Stamp.DELETED))
                .mapToObj(files::get)
                .toList();
    }

    /**
     * Reads the files now, whether or not they have changed.
     *
     * @throws ConfigurationException if the configuration has errors; then nothing changes
     */
    public synchronized void reload() {
        inUse = stamps();
        lastSeen = inUse;
        LOG.info("The configuration was read again, because an administrator has requested it.{}", replace());
    }

    private void read() {
        try {
            LOG.info("The configuration has changed.{}", replace());
        } catch (ConfigurationException errors) {
            LOG.warn(
                    "The configuration has changed, but has errors, so the server ignores it: {}", errors.getMessage());
        } catch (RuntimeException failed) { // an exception would end the watch
            LOG.error("The configuration has changed, but could not take full effect. Restart the server.", failed);
        }
    }

    /** Returns the sentences on the changes, each after a space. */
    private String replace() {
        var changed = Configuration.load(sources);
        onChange.accept(changed.settings());
        return running.replace(changed);
    }

    private List<Stamp> stamps() {
        return files.stream().map(Stamp::of).toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
