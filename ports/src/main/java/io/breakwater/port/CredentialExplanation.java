package io.breakwater.port;

import org.jspecify.annotations.Nullable;

/**
 * What a credential allows, or why the server refuses it. For operators: callers never learn the reason.
 *
 * @param principal the principal that it names; null if the server refuses it
 * @param reason why the server refuses it, without the credential; empty if it does not
 */
public record CredentialExplanation(@Nullable Principal principal, String reason) {
    /** Creates the explanation of a credential that the server accepts. */
    public static CredentialExplanation accepted(Principal principal) {
        return new CredentialExplanation(principal, "");
    }

    /** Creates the explanation of a credential that the server refuses. */
    public static CredentialExplanation refused(String reason) {
        return new CredentialExplanation(null, reason);
    }
}
