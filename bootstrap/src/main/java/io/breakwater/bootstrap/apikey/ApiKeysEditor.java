package io.breakwater.bootstrap.apikey;

import io.breakwater.bootstrap.host.AtomicFile;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.ApiKeyFormat.KeyParts;
import io.breakwater.port.support.NameSuggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Changes an API keys file. Several editors, also of several processes, may work on one file: each change begins with
 * what the one before wrote. An invalid file is not changed.
 */
public final class ApiKeysEditor {
    private final Path file;
    private final InstantSource clock;

    /** Creates an editor for a file, which need not exist. */
    public ApiKeysEditor(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Returns all keys, also expired ones. */
    public List<StoredKey> list() {
        try {
            return read(file);
        } catch (IOException failure) {
            throw refusal("read", failure);
        }
    }

    /**
     * Adds a key.
     *
     * @throws PortException.RefusedException when a key of the file has its name, or the file cannot be written
     */
    public IssuedKey create(NewKey request) {
        var created = now();
        var expires = request.lifetime() == null ? null : created.plus(request.lifetime());
        return change(keys -> {
            refuseUsedName(keys, request.name());
            var parts = unusedKey(keys);
            var stored = new StoredKey(
                    parts.id(), request.name(), request.rights(), created, expires, List.of(digest(parts)));
            return new Change<>(Stream.concat(keys.stream(), Stream.of(stored)).toList(), new IssuedKey(stored, parts));
        });
    }

    /**
     * Removes a key.
     *
     * @param written its id or its name
     * @throws NoSuchElementException when there is no such key
     */
    public StoredKey revoke(String written) {
        return change(keys -> {
            var revoked = find(keys, written);
            return new Change<>(
                    keys.stream().filter(key -> !key.equals(revoked)).toList(), revoked);
        });
    }

    /**
     * Gives a key a new secret.
     *
     * @param written its id or its name
     * @param overlap how long the present secrets stay valid; zero to end them at once
     * @throws NoSuchElementException when there is no such key
     * @throws PortException.RefusedException when it has expired
     */
    public IssuedKey rotate(String written, Duration overlap) {
        return change(keys -> {
            var key = find(keys, written);
            if (StoredKey.isOver(key.expires(), now())) {
                throw refusal("The key " + key.id() + " expired at " + key.expires() + ". Create a new one.");
            }
            var parts = ApiKeyFormat.withNewSecret(key.id());
            var rotated = key.withSecrets(rotated(key, parts, now().plus(overlap)));
            return new Change<>(
                    keys.stream()
                            .map(other -> other.equals(key) ? rotated : other)
                            .toList(),
                    new IssuedKey(rotated, parts));
        });
    }

    private List<SecretDigest> rotated(StoredKey key, KeyParts parts, Instant end) {
        var secrets = new ArrayList<>(List.of(digest(parts)));
        for (var secret : key.secrets()) {
            var ends = secret.expires() == null || end.isBefore(secret.expires()) ? end : secret.expires();
            if (!StoredKey.isOver(ends, now())) {
                secrets.add(new SecretDigest(secret.sha256(), ends));
            }
        }
        return secrets;
    }

    /**
     * A change of the file.
     *
     * @param keys the keys after it
     * @param result what the caller wants to know
     */
    private record Change<T>(List<StoredKey> keys, T result) {}

    private <T> T change(Function<List<StoredKey>, Change<T>> edit) {
        try {
            var resolved = AtomicFile.resolve(file);
            return ExclusiveAccess.to(resolved, () -> {
                var change = edit.apply(read(resolved));
                new AtomicFile(resolved).write(KeysDocument.format(change.keys()));
                return change.result();
            });
        } catch (IOException failure) {
            throw refusal("written", failure);
        }
    }

    private List<StoredKey> read(Path place) throws IOException {
        try {
            var content = KeysFileContent.read(place);
            if (content.isPresent()) {
                KeysFileContent.refuseWritableByAll(place);
            }
            return content.map(KeysDocument::parse).orElse(List.of());
        } catch (InvalidKeysFileException invalid) {
            throw refusal("The API keys file " + file + " has an error: " + Clause.end(invalid.getMessage()));
        }
    }

    private static void refuseUsedName(List<StoredKey> keys, String name) {
        for (var key : keys) {
            if (key.name().equals(name)) {
                throw refusal("The key " + key.id() + " has the name '" + name
                        + "'. Choose another name, or use 'breakwater key rotate " + key.id() + "'.");
            }
        }
    }

    private static KeyParts unusedKey(List<StoredKey> keys) {
        var parts = ApiKeyFormat.generate();
        return keys.stream().anyMatch(key -> key.id().equals(parts.id())) ? unusedKey(keys) : parts;
    }

    /** Finds the key with this id, or else the one with this name; both are unique. */
    private static StoredKey find(List<StoredKey> keys, String written) {
        return first(keys, key -> key.id().equals(written))
                .or(() -> first(keys, key -> key.name().equals(written)))
                .orElseThrow(() ->
                        new NoSuchElementException("There is no key '" + written + "'." + suggestion(keys, written)));
    }

    private static Optional<StoredKey> first(List<StoredKey> keys, Predicate<StoredKey> wanted) {
        return keys.stream().filter(wanted).findFirst();
    }

    /** Suggests a similar id or name. */
    private static String suggestion(List<StoredKey> keys, String written) {
        var known =
                keys.stream().flatMap(key -> Stream.of(key.id(), key.name())).toList();
        return NameSuggestion.to(written, known)
                .map(similar -> " Did you mean " + similar + "?")
                .orElse(" 'breakwater key list' lists all keys.");
    }

    private static SecretDigest digest(KeyParts parts) {
        return new SecretDigest(ApiKeyFormat.digest(parts.secret()), null);
    }

    /** Returns the time in whole seconds, which is easier to read in the file. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private PortException.RefusedException refusal(String verb, IOException failure) {
        return new PortException.RefusedException(
                "The API keys file " + file + " cannot be " + verb + ": "
                        + Clause.end(KeysFileContent.reason(failure, file)),
                failure);
    }

    private static PortException.RefusedException refusal(String sentence) {
        return new PortException.RefusedException(sentence, null);
    }
}
