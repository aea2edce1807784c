package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.recovery.RecoveryListener;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import ch.qos.logback.core.rolling.RollingFileAppender;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log file that knows whether its lines are written, for the health report. Logback opens a file anew from time to
 * time after a failure, and calls it recovered when that succeeds; on a full disk the next line fails again. So a file
 * counts as recovered with the first line after that. Written by one thread.
 */
final class MonitoredLogFile extends RollingFileAppender<ILoggingEvent> implements RecoveryListener {
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;

    private final String setting;
    private final Path path;
    private final CheckSignal signal = new CheckSignal();
    private State state = State.WRITTEN; // of the writing thread
    private boolean changed; // while a line was written
    private volatile @Nullable String trouble;
    private volatile @Nullable Object opened; // the key of the file that is written to
    private long looked;
    private boolean astray; // lines go to a file that is not at our path

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
    MonitoredLogFile(String setting, Path path) {
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

    /** What the file system calls the file at our path; null when there is none, or it has no such names. */
    private @Nullable Object key() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** A file that was renamed or removed is begun anew, as programs that rotate log files expect it. */
    private void openIfMoved(long now) {
        if (now - looked < MILLIS_BETWEEN_LOOKS) {
            return;
        }
        looked = now;
        boolean same = Files.exists(path) && Objects.equals(opened, key());
        if (same && !astray) {
            return;
        }
        astray = !Files.isDirectory(folder());
        if (astray) {
            become(State.FAILING, "its folder does not exist");
        } else {
            reopen();
        }
    }

    private void reopen() {
        try {
            openFile(getFile());
            become(State.REOPENED, trouble);
        } catch (IOException e) {
            astray = true;
            become(State.FAILING, reason(e));
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
            become(State.WRITTEN, null);
        }
    }

    @Override
    public void newFailure(IOException failure) {
        become(State.FAILING, reason(failure));
    }

    private static String reason(IOException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "the system does not say why");
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
