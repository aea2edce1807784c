package io.breakwater.bootstrap.apikey;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API keys in a file, which is checked for changes several times a second, so that a revoked key is refused within
 * a second. A file with an error changes nothing: the keys of its last valid version stay in use. Thread-safe.
 */
@OutageBehavior(
        guard = "API keys",
        dependency = GuardDependency.KEYS_FILE,
        failure = "not valid or not readable",
        effect = OutageEffect.DEGRADE,
        behavior = "The keys of its last valid version count.",
        recovery = "Correct the file; the server reads it within a second.",
        signal = "log line `The API keys file … has an error`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "API keys",
        dependency = GuardDependency.KEYS_FILE,
        failure = "removed",
        effect = OutageEffect.DENY,
        behavior = "No key of the file is accepted, from the second check after the removal on.",
        recovery = "Put the file back; the server reads it within a second.",
        signal = "log line `The API keys file … was removed`; `mcp_auth_failures_total{reason=\"unknown_key\"}`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "API keys",
        dependency = GuardDependency.KEYS_FILE,
        failure = "not valid at the start",
        effect = OutageEffect.DENY,
        behavior = "The server does not start.",
        recovery = "Correct the file and start the server again.",
        signal = "standard error, with the place in the file",
        details = "security.md#when-something-that-authentication-needs-fails")
public final class ApiKeysFile implements ApiKeys, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeysFile.class);
    static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

    private final Path file;
    private final ScheduledExecutorService timer;
    private volatile Map<String, ApiKey> keys = Map.of();
    private byte @Nullable [] served; // only check() uses this and the rest
    private @Nullable Observation last;
    private @Nullable String problem;
    private @Nullable String warning;

    /**
     * What a check found.
     *
     * @param stamp null if the file does not exist
     * @param content null if the file does not exist or cannot be read
     * @param error why it cannot be read
     */
    private record Observation(
            @Nullable FileStamp stamp,
            byte @Nullable [] content,
            @Nullable String error) {
        boolean equalContent(@Nullable Observation other) {
            return other != null && Arrays.equals(content, other.content) && Objects.equals(error, other.error);
        }
    }

    private ApiKeysFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("breakwater-api-keys").factory());
    }

    /**
     * Reads the file, and watches it until the object is closed. A file that does not exist has no keys.
     *
     * @throws PortException.RefusedException when the file has an error; the message says where and why
     */
    public static ApiKeysFile open(Path file) {
        var keys = new ApiKeysFile(file);
        keys.readFirst();
        var unused = keys.timer.scheduleWithFixedDelay(
                keys::check, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return keys;
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    int count() {
        return keys.size();
    }

    private synchronized void readFirst() {
        last = observe();
        var error = last.error == null ? serve(last.content) : last.error;
        if (error != null) {
            close();
            throw new PortException.RefusedException(
                    "The API keys file " + file + " has an error: " + Clause.end(error), null);
        }
    }

    /** Looks for a change. */
    synchronized void check() {
        try {
            var before = last;
            if (before != null && isServed(before)) {
                return;
            }
            last = observe();
            replace(last, last.equalContent(before));
        } catch (RuntimeException unexpected) {
            report("the check failed: " + unexpected);
        }
    }

    /** Returns true if the file is certainly as it was, and its content is in use. */
    private boolean isServed(Observation before) {
        return before.stamp != null
                && Arrays.equals(before.content, served)
                && !before.stamp.isRecent()
                && before.stamp.equals(FileStamp.of(file));
    }

    /**
     * Serves a valid content at once. A deleted file or an invalid one must look the same twice, because an editor may
     * be replacing it in steps.
     */
    private void replace(Observation now, boolean confirmed) {
        if (now.error == null && Arrays.equals(now.content, served)) {
            problem = null;
        } else if (now.content == null && !confirmed) {
            LOG.debug("The API keys file {} is absent or cannot be read", file);
        } else {
            var error = now.error == null ? serve(now.content) : now.error;
            if (error == null) {
                problem = null;
                logReload(now.content != null);
            } else if (confirmed) {
                report(error);
            }
        }
    }

    private void logReload(boolean exists) {
        if (exists) {
            LOG.info("Reloaded the API keys file {} (number of keys: {})", file, keys.size());
        } else {
            LOG.warn("The API keys file {} was removed; no key of it is accepted", file);
        }
    }

    private void report(String error) {
        if (!error.equals(problem)) {
            problem = error;
            LOG.warn(
                    "The API keys file {} has an error, so the keys of its last valid version stay in use: {}",
                    file,
                    error);
        }
    }

    private Observation observe() {
        try {
            var stamp =
                    FileStamp.of(file); // before the content, so that a change in between is found by the next check
            return new Observation(stamp, KeysFileContent.read(file).orElse(null), null);
        } catch (IOException unreadable) {
            return new Observation(null, null, "it cannot be read: " + KeysFileContent.reason(unreadable, file));
        } catch (InvalidKeysFileException unreadable) {
            return new Observation(null, null, "it cannot be read: " + unreadable.getMessage());
        }
    }

    /** Uses the content, or returns what is wrong with it. */
    private @Nullable String serve(byte @Nullable [] content) {
        try {
            keys = content == null ? Map.of() : index(content);
            served = content;
            return null;
        } catch (InvalidKeysFileException invalid) {
            return invalid.getMessage();
        } catch (IOException unreadable) {
            return "its permissions cannot be read: " + unreadable.getMessage();
        }
    }

    private Map<String, ApiKey> index(byte[] content) throws IOException {
        KeysFileContent.refuseWritableByAll(file);
        List<StoredKey> stored = KeysDocument.parse(content);
        var now = KeysFileContent.warning(file).orElse(null);
        if (now != null && !now.equals(warning)) {
            LOG.warn("{}", now);
        }
        warning = now;
        return stored.stream().map(StoredKey::apiKey).collect(Collectors.toUnmodifiableMap(ApiKey::id, key -> key));
    }

    /** Stops watching the file. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
