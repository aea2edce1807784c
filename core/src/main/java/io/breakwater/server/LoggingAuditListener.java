package io.breakwater.server;

import io.breakwater.core.business.audit.AuditListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line when entries of the audit log begin to be lost, and one with their number. */
final class LoggingAuditListener implements AuditListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingAuditListener.class);

    @Override
    public void losesEntries(String reason) {
        LOG.warn(
                "Entries of the audit log are lost from now on, because too many wait: {} mcp_audit_lost_total counts"
                        + " them, and the log receives an entry with their number.",
                reason);
    }

    @Override
    public void lostEntries(long number) {
        LOG.warn(
                "The audit log accepts entries again; {} lost. The log has an entry with their number.",
                number == 1 ? "1 entry is" : number + " entries are");
    }

    @Override
    public void lostAtClose(long number, String reason) {
        LOG.error(
                "{} of the audit log could not be written and {} lost: {} The log ends before them.",
                number == 1 ? "1 entry" : number + " entries",
                number == 1 ? "is" : "are",
                reason);
    }
}
