package io.breakwater.bootstrap.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of a server.
 *
 * @param file the file with the keys, which need not exist
 * @param isFileRequired whether the configuration names another file than the default, so that callers must authenticate
 *     even if it is missing
 * @param single the one key outside the file, {@code MCP_API_KEY}; null for none
 * @param roles the roles of this key
 * @param scopes the scopes of this key
 */
public record ApiKeySettings(
        Path file, boolean isFileRequired, @Nullable SecretValue single, List<String> roles, List<String> scopes) {
    /** Copies the lists. */
    public ApiKeySettings {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
    }
}
