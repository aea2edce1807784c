package io.breakwater.bootstrap.lifecycle;

import io.breakwater.bootstrap.config.ConfigurationException;
import io.breakwater.bootstrap.config.LogSettings;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What administrators can change in this program while it runs. The server is built before these parts of the program
 * exist, so the program adds them when they do; until then an operation is refused. Thread-safe.
 */
public final class ProgramControls {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramControls.class);

    private final AtomicReference<@Nullable Consumer<LogSettings.Level>> log = new AtomicReference<>();
    private final AtomicReference<@Nullable ConfigurationWatch> configuration = new AtomicReference<>();
    private final AtomicReference<@Nullable ServerRun> run = new AtomicReference<>();

    /** Creates controls without any part. */
    public ProgramControls() {}

    /** Adds the log, whose level the consumer sets. */
    public void addLog(Consumer<LogSettings.Level> level) {
        log.set(level);
    }

    /** Adds the configuration files. */
    public void addConfiguration(ConfigurationWatch watch) {
        configuration.set(watch);
    }

    /** Adds the run of the server. */
    public void addRun(ServerRun started) {
        run.set(started);
    }

    /** Sets the log level, by its name in the configuration. */
    public void setLogLevel(String level) {
        available(log.get(), "it has no log").accept(LogSettings.Level.valueOf(level.toUpperCase(Locale.ROOT)));
    }

    /** Reads the configuration files again, and returns a sentence on the effect. */
    public String reloadConfiguration() {
        var watch = available(configuration.get(), "it was started without a configuration file");
        try {
            watch.reload();
        } catch (ConfigurationException errors) {
            LOG.warn("The configuration has errors, so the server ignores it: {}", errors.getMessage());
            throw new PortException.RefusedException(
                    Reason.CONFLICT,
                    "The configuration has errors, so the server keeps the one that it has. The log of the server lists"
                            + " the errors.",
                    null);
        }
        return "The server has read its configuration again: log.level and the access rules have taken effect. Other"
                + " settings change with the next start.";
    }

    /** Begins a graceful shutdown, and returns at once. */
    public void drain() {
        available(run.get(), "it is starting").endForAdministrator();
    }

    private static <T> T available(@Nullable T part, String reason) {
        if (part == null) {
            throw new PortException.RefusedException(
                    Reason.CONFLICT, "This server cannot do that: " + reason + ".", null);
        }
        return part;
    }
}
