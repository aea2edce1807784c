package io.breakwater.bootstrap.audit;

import java.util.List;

/**
 * The result of a verification.
 *
 * @param name the name of the log
 * @param entries the number of entries that the checkpoint signs
 * @param pending the number of entries that no checkpoint signs yet, so that they are not verified
 * @param confirmed the number of entries that checkpoints from elsewhere confirm, from the first one on
 * @param root the root that the checkpoint signs, in Base64
 * @param findings the evidence of changes; empty for an unchanged log
 */
public record VerificationReport(
        String name, long entries, long pending, long confirmed, String root, List<Finding> findings) {
    /** Copies the list. */
    public VerificationReport {
        findings = List.copyOf(findings);
    }

    /** Returns true if the log was not changed. */
    public boolean isValid() {
        return findings.isEmpty();
    }
}
