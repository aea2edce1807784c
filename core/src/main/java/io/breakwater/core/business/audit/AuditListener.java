package io.breakwater.core.business.audit;

/** Receives an event when entries are lost. Its methods must not block. */
public interface AuditListener {

    /** Entries are lost from now on, because too many wait for the log. Called once in each outage. */
    void losesEntries(String reason);

    /** The log accepts entries again, and has an entry with the number of those that were lost. */
    void lostEntries(long number);

    /** The server closes, and the log did not accept the entries that still waited. */
    void lostAtClose(long number, String reason);
}
