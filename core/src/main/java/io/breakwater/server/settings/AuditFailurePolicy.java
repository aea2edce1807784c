package io.breakwater.server.settings;

/** What happens to calls while the audit log cannot be written. */
public enum AuditFailurePolicy {
    /** Calls of tools that may change data are refused; all other calls continue. */
    DENY_WRITES,
    /** All calls are refused. */
    DENY_ALL,
    /** All calls continue. */
    ALLOW
}
