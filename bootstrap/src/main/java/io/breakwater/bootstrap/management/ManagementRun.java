package io.breakwater.bootstrap.management;

import io.breakwater.adapter.http.ManagementListener;
import io.breakwater.bootstrap.config.ManagementOptions;
import io.breakwater.port.PortException;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.Breakwater;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management listener of one run of a server, from its start until it has stopped. */
@OutageBehavior(
        guard = "management listener",
        dependency = GuardDependency.MANAGEMENT_ADDRESS,
        failure = "in use, and the default one",
        effect = OutageEffect.DEGRADE,
        behavior = "The server runs without the management listener.",
        recovery = "Free the port, or set another one, and restart the server.",
        signal = "log line at the start",
        details = "management.md")
@OutageBehavior(
        guard = "management listener",
        dependency = GuardDependency.MANAGEMENT_ADDRESS,
        failure = "in use, and set",
        effect = OutageEffect.DENY,
        behavior = "The server does not start.",
        recovery = "Free the port, or set another one, and start the server again.",
        signal = "standard error",
        details = "management.md")
public final class ManagementRun {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementRun.class);

    private final ManagementOptions options;
    private @Nullable KeyFile keyFile;
    private @Nullable String address;

    private ManagementRun(ManagementOptions options) {
        this.options = options;
    }

    /**
     * Starts the listener if it is switched on. If the address is the default one and is not available, the server
     * runs without the listener, and the log has a warning.
     *
     * @param standard whether the listener is on unless the settings say otherwise
     * @throws PortException.RefusedException when a configured address is not available or the key cannot be written
     */
    public static ManagementRun begin(ManagementOptions options, boolean standard, Breakwater server) {
        var run = new ManagementRun(options);
        if (options.isEnabled(standard)) {
            run.listen(server);
        }
        return run;
    }

    /**
     * Checks what {@link #begin} refuses, except that the port is free and the key can be written.
     *
     * @throws PortException.RefusedException when the configured listener could not start
     */
    public static void check(ManagementOptions options, boolean standard, Breakwater server) {
        if (options.isEnabled(standard) && options.configured()) {
            ManagementListener.with(options.listener()).check(server.host());
        }
    }

    private void listen(Breakwater server) {
        var listener = ManagementListener.with(options.listener());
        try {
            server.serve(listener);
        } catch (PortException.RefusedException unavailable) {
            if (options.configured()) {
                throw unavailable;
            }
            LOG.warn("The server runs without the management listener. {}", unavailable.getMessage());
            return;
        }
        address = listener.address();
        if (options.listener().key() == null) {
            writeKey(listener.key().reveal());
        }
    }

    private void writeKey(String key) {
        try {
            keyFile = KeyFile.write(options.keyFile(), key);
            LOG.info("The management key is in {}", keyFile.path());
        } catch (IOException | SecurityException failed) {
            if (options.keyFileConfigured()) {
                throw new PortException.RefusedException(
                        "Cannot write the management key to " + options.keyFile() + " (" + failed.getMessage()
                                + "). Choose another file with management.key-file, or set management.secret.",
                        failed);
            }
            LOG.warn(
                    "Cannot write the management key to {} ({}), so commands cannot use the management listener. Choose"
                            + " another file with management.key-file, or set management.secret.",
                    options.keyFile(),
                    String.valueOf(failed.getMessage()));
        }
    }

    /** Returns the URL of the listener; empty if it does not run. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** Removes the key file after the server has stopped. */
    public void close() {
        var written = keyFile;
        if (written != null) {
            try {
                written.delete();
            } catch (IOException failed) {
                LOG.warn("Cannot remove the management key {}: {}", written.path(), failed.getMessage());
            }
        }
    }
}
