package io.breakwater.bootstrap.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.recovery.RecoveryListener;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import ch.qos.logback.core.rolling.RollingFileAppender;
import io.breakwater.port.Failure;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log file that knows whether its lines are written, for the health report. Logback opens a file anew from time to time
 * after a failure, and calls it recovered when that succeeds; on a full disk the next line fails again. So a file counts as
 * recovered with the first line after that. Written by one thread.
 */
final class LogFile extends RollingFileAppender<ILoggingEvent> implements RecoveryListener {
    private final String setting;
    private final Path path;
    private final CheckSignal signal = new CheckSignal();
    private final Object writing = new Object();
    private State state = State.WRITTEN; // of the writing thread
    private boolean changed; // while a line was written
    private volatile @Nullable String trouble;

    private enum State {
        WRITTEN,
        FAILING,
        REOPENED
    }

    /**
     * Not open yet.
     *
     * @param setting that names it, {@code log.file}
     */
    LogFile(String setting, Path path) {
        this.setting = setting;
        this.path = path;
    }

    /** For the health report, under the name of the setting. */
    Dependency dependency() {
        return new Dependency(setting, Dependency.Need.OPTIONAL, scope -> probe(), signal);
    }

    private void probe() {
        var reason = trouble;
        if (reason != null) {
            throw unavailable("cannot be written: " + reason + ". Its lines are lost until it can be.");
        }
        if (!exists()) {
            throw unavailable("was removed. Its lines are lost until the server starts again.");
        }
    }

    /** While it is rotated it is absent for a moment. */
    private boolean exists() {
        synchronized (writing) {
            return Files.exists(path);
        }
    }

    private Failure unavailable(String what) {
        return new Failure.Unavailable("The log file " + path + " " + what, null, null);
    }

    @Override
    public void openFile(String name) throws IOException {
        super.openFile(name);
        if (getOutputStream() instanceof ResilientFileOutputStream file) {
            file.addRecoveryListener(this);
        }
    }

    @Override
    protected void subAppend(ILoggingEvent event) {
        synchronized (writing) {
            changed = false;
            super.subAppend(event);
            if (state == State.REOPENED && !changed) {
                become(State.WRITTEN, null);
            }
        }
    }

    @Override
    public void newFailure(IOException failure) {
        become(State.FAILING, Objects.requireNonNullElse(failure.getMessage(), "the system does not say why"));
    }

    @Override
    public void recoveryOccured() {
        become(State.REOPENED, trouble);
    }

    private void become(State next, @Nullable String reason) {
        boolean news = (trouble == null) != (reason == null);
        changed = true;
        state = next;
        trouble = reason;
        if (news) {
            signal.send();
        }
    }
}
