package io.breakwater.core.presentation.interceptor;

import io.breakwater.port.AuditEntry;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.server.settings.AuditFailurePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records calls in the audit log. Thread-safe. */
public interface CallRecorder {

    /** Returns what happens to calls while the log cannot be written. */
    AuditFailurePolicy onFailure();

    /** Returns why the log cannot be written; null while it can. */
    @Nullable
    PortException failure();

    /** Returns the present time. */
    Instant now();

    /** Returns the keyed digest of arguments in canonical form. */
    String digest(byte[] arguments);

    /** Records an entry later. Never blocks. */
    void record(AuditEntry entry);

    /**
     * Records an entry, and returns when it is on the disk. Blocks.
     *
     * @throws io.breakwater.port.PortException if it could not be recorded
     */
    void recordDurably(AuditEntry entry, CallContext context);

    /** Counts a call of an anonymous caller that is not recorded, because the rate limits do not bound such calls. */
    void countSkipped();

    /** Counts a call that is refused because the log cannot be written. */
    void countRefused();
}
