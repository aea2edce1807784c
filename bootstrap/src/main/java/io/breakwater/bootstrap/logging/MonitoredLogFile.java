package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.recovery.RecoveryListener;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import ch.qos.logback.core.rolling.RollingFileAppender;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log file that reports to the health report whether its lines are written. After a failure, Logback reopens a file
 * from time to time, and reports it as recovered when that succeeds; on a full disk the next line fails again. So a
 * file counts as recovered after the first line that was written. Only one thread writes to it.
 */
@OutageBehavior(
        guard = "log",
        dependency = GuardDependency.LOG_OUTPUT,
        failure = "full or removed",
        effect = OutageEffect.DEGRADE,
        behavior = "Calls are not affected. Lines for this file are lost until it can be written.",
        recovery = "The server opens the file again by itself, within a second after it was moved.",
        signal = "health cause `log.file` or `log.errors-file`; one line on standard error",
        details = "health.md#log-lines")
final class MonitoredLogFile extends RollingFileAppender<ILoggingEvent> implements RecoveryListener {
    private static final long MILLIS_BETWEEN_CHECKS = 1_000;

    private final String setting;
    private final Path path;
    private final CheckSignal signal = new CheckSignal();
    private State state = State.WRITTEN; // used by the writing thread only
    private boolean changed; // whether the state changed while a line was written
    private volatile @Nullable String problem;
    private volatile @Nullable Object opened; // the key of the open file
    private long lastChecked;
    private boolean misplaced; // whether the open file is no longer at the path

    private enum State {
        WRITTEN,
        FAILING,
        REOPENED
    }

    /**
     * Creates a log file that is not open yet.
     *
     * @param setting the setting that names it, such as {@code log.file}
     */
    MonitoredLogFile(String setting, Path path) {
        this.setting = setting;
        this.path = path;
    }

    /** Returns the dependency for the health report, under the name of the setting. */
    Dependency dependency() {
        return new Dependency(setting, Dependency.Need.OPTIONAL, scope -> probe(), signal);
    }

    private void probe() {
        var reason = problem;
        if (reason != null) {
            throw unavailable("cannot be written: " + reason + ". Its lines are lost until the problem is solved.");
        }
    }

    private PortException unavailable(String what) {
        return new PortException.UnavailableException("The log file " + path + " " + what, null, null);
    }

    @Override
    public void openFile(String name) throws IOException {
        super.openFile(name);
        if (getOutputStream() instanceof ResilientFileOutputStream file) {
            file.addRecoveryListener(this);
        }
        opened = key();
    }

    /** Returns the file system's key of the file at the path; null when there is no file or no key. */
    private @Nullable Object key() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** Opens a new file if the old one was renamed or removed, as programs that rotate log files expect. */
    private void openIfMoved(long now) {
        if (now - lastChecked < MILLIS_BETWEEN_CHECKS) {
            return;
        }
        lastChecked = now;
        boolean same = Files.exists(path) && Objects.equals(opened, key());
        if (same && !misplaced) {
            return;
        }
        misplaced = !Files.isDirectory(folder());
        if (misplaced) {
            setState(State.FAILING, "its folder does not exist");
        } else {
            reopen();
        }
    }

    private void reopen() {
        try {
            openFile(getFile());
            setState(State.REOPENED, problem);
        } catch (IOException e) {
            misplaced = true;
            setState(State.FAILING, reason(e));
        }
    }

    private Path folder() {
        return Objects.requireNonNullElse(path.toAbsolutePath().getParent(), path);
    }

    @Override
    protected void subAppend(ILoggingEvent event) {
        openIfMoved(event.getTimeStamp());
        changed = false;
        super.subAppend(event);
        if (state == State.REOPENED && !changed) {
            setState(State.WRITTEN, null);
        }
    }

    @Override
    public void newFailure(IOException failure) {
        setState(State.FAILING, reason(failure));
    }

    private static String reason(IOException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "the system gives no reason");
    }

    @Override
    public void recoveryOccured() {
        setState(State.REOPENED, problem);
    }

    private void setState(State next, @Nullable String reason) {
        boolean healthChanged = (problem == null) != (reason == null);
        changed = true;
        state = next;
        problem = reason;
        if (healthChanged) {
            signal.send();
        }
    }
}
