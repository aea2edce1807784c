package io.breakwater.port.driven;

import io.breakwater.port.AuditEntry;
import java.util.List;

/**
 * A log of calls that only grows. An implementation keeps the order of the entries, and makes later changes of them
 * evident. {@link #append} blocks and raises {@link io.breakwater.port.PortException}; the other methods return at once.
 * Contract: {@code AuditLogContract}.
 */
public interface AuditLog {

    /** Returns the name of the log, which no other log has. */
    String name();

    /**
     * Returns the digest of the arguments of a call under a secret key of this log. Equal arguments have equal digests.
     * Without the key, arguments that are easy to guess cannot be found by trying them.
     *
     * @param arguments the canonical form of the arguments
     * @return hexadecimal digits
     */
    String digest(byte[] arguments);

    /**
     * Appends entries in this order. Either all of them are appended or none. The server retries entries that were not
     * appended. An empty list checks whether the log can be written.
     *
     * @param durability what the entries survive when the method returns
     * @throws io.breakwater.port.PortException.UnavailableException when the log cannot be written at present
     */
    void append(List<? extends AuditEntry> entries, Durability durability);

    /** What an entry survives. */
    enum Durability {
        /** The end of the process, however it ends. */
        PROCESS,
        /** The end of the process and a crash of the machine. */
        MACHINE
    }
}
