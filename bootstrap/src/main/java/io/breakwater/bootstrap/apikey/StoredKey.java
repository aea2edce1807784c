package io.breakwater.bootstrap.apikey;

import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key in the file.
 *
 * @param id its id, which is not secret
 * @param name its name, which no other key of the file has; the subject of the principal
 * @param rights the rights that it gives
 * @param created when it was created
 * @param expires when it expires; null for never
 * @param secrets the digests of its secrets, the newest first; several while the key is rotated
 */
public record StoredKey(
        String id,
        String name,
        KeyRights rights,
        Instant created,
        @Nullable Instant expires,
        List<SecretDigest> secrets) {
    /** The issuer of the principals, so that no name of a key is the subject of a token. */
    static final String ISSUER = "api-key";

    /** Copies the list, and refuses an invalid id or name. */
    public StoredKey {
        if (!ApiKeyFormat.isId(id)) {
            throw new IllegalArgumentException(
                    "the id '" + id + "' is not valid: write 8 to 12 lower-case letters and digits");
        }
        KeyRights.checkName(name);
        secrets = List.copyOf(secrets);
    }

    /** Returns whether the key is valid at that time. */
    public boolean isValid(Instant now) {
        return !isOver(expires, now) && secrets.stream().anyMatch(secret -> !isOver(secret.expires(), now));
    }

    /** Returns whether an earlier secret is still valid at that time. */
    public boolean isRotating(Instant now) {
        return secrets.stream().filter(secret -> !isOver(secret.expires(), now)).count() > 1;
    }

    /** Returns when the last of the earlier secrets that are valid at that time ends; empty if there is none. */
    public Optional<Instant> rotationEnd(Instant now) {
        return secrets.stream()
                .skip(1)
                .flatMap(secret -> Optional.ofNullable(secret.expires()).stream())
                .filter(end -> !isOver(end, now))
                .max(Comparator.naturalOrder());
    }

    static boolean isOver(@Nullable Instant end, Instant now) {
        return end != null && !now.isBefore(end);
    }

    StoredKey withSecrets(List<SecretDigest> secrets) {
        return new StoredKey(id, name, rights, created, expires, secrets);
    }

    /** Returns the key as the server uses it. */
    public ApiKey apiKey() {
        var principal = Principal.of(ISSUER, name)
                .asClient()
                .withTenant(rights.tenant())
                .withRoles(rights.roleSet())
                .withScopes(rights.scopeSet());
        return new ApiKey(id, principal, secrets, expires);
    }
}
