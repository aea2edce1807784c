package io.breakwater.server.settings;

/** What happens to a call that a user should confirm if its client cannot show forms. */
public enum ConfirmationFallback {
    /** The call ends with an error, and the tool does nothing. */
    REFUSE,
    /** The tool acts without a confirmation. */
    ALLOW
}
