package io.breakwater.bootstrap.apikey;

import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.ApiKeyFormat.KeyParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API keys of a configuration: those of the file, and the one key outside it, if there is one. Thread-safe. */
public final class ConfiguredApiKeys implements ApiKeys, AutoCloseable {
    /** The subject of the principal of the one key. */
    static final String SINGLE_SUBJECT = "api-key";

    private final ApiKeysFile file;
    private final @Nullable ApiKey single;

    private ConfiguredApiKeys(ApiKeysFile file, @Nullable ApiKey single) {
        this.file = file;
        this.single = single;
    }

    /**
     * Opens the file, and watches it until the object is closed.
     *
     * @param file the file, which need not exist
     * @param key the text of the one key; null for none
     * @param rights the rights of the one key
     * @throws io.breakwater.port.PortException.RefusedException when the file has an error
     */
    public static ConfiguredApiKeys open(Path file, @Nullable String key, KeyRights rights) {
        return new ConfiguredApiKeys(ApiKeysFile.open(file), key == null ? null : single(key, rights));
    }

    /** A key in the format of the key command is found by its id, any other text has no id. */
    private static ApiKey single(String key, KeyRights rights) {
        var parts = ApiKeyFormat.parse(key).orElse(new KeyParts(ApiKeyFormat.NO_ID, key));
        var principal = Principal.of(SINGLE_SUBJECT)
                .asClient()
                .withRoles(rights.roleSet())
                .withScopes(rights.scopeSet());
        return new ApiKey(
                parts.id(), principal, List.of(new SecretDigest(ApiKeyFormat.digest(parts.secret()), null)), null);
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return single != null && single.id().equals(id) ? Optional.of(single) : file.find(id);
    }

    /** Returns the number of keys in the file. */
    public int countInFile() {
        return file.count();
    }

    /** Stops watching the file. */
    @Override
    public void close() {
        file.close();
    }
}
