package io.breakwater.bootstrap.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that starts a stdio server, and sends its messages.
 *
 * @param credential its API key or token; null if it has none
 * @param roles its roles, if it has no credential
 * @param scopes its scopes, if it has no credential
 */
public record LocalCallerSettings(@Nullable SecretValue credential, List<String> roles, List<String> scopes) {
    /** Copies the lists. */
    public LocalCallerSettings {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
    }
}
