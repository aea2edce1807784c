package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.apikey.ApiKeysEditor;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The API keys file that a command reads or changes. */
final class KeyFileOption {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The API keys file; auth.api-keys-file of the configuration by default.")
    private @Nullable Path file;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    /** Loads the configuration, which names the file unless the option does. */
    KeyFile open(ProcessEnvironment process) {
        var settings = configuration.load(process).settings();
        return new KeyFile(file == null ? settings.auth().apiKeys().file() : file, process.folder(), settings);
    }

    /**
     * An API keys file.
     *
     * @param name the file, as the operator wrote it
     * @param folder the folder that the name is relative to
     * @param settings the configuration
     */
    record KeyFile(Path name, Path folder, BreakwaterSettings settings) {

        ApiKeysEditor editor() {
            return new ApiKeysEditor(path(), InstantSource.system());
        }

        Path path() {
            return folder.resolve(name);
        }

        /** Whether the first key of this file also switches on authentication, in servers that start from now on. */
        boolean isWithoutKeys() {
            var auth = settings.auth();
            return Files.notExists(path(), LinkOption.NOFOLLOW_LINKS) && auth.isEnabled(true) && !auth.isEnabled(false);
        }

        /** Returns what the operator has to do before a server with this configuration accepts the keys of the file. */
        Optional<String> hint() {
            var auth = settings.auth();
            var served = auth.apiKeys().file();
            if (!isSame(folder.resolve(served))) {
                return Optional.of("A server with this configuration reads another file, " + served
                        + ". Set auth.api-keys-file to " + name + ", so that it accepts the keys of this one.");
            }
            return auth.isEnabled(true)
                    ? Optional.empty()
                    : Optional.of("A server with this configuration admits callers without a key, because auth.enabled"
                            + " is false.");
        }

        /**
         * Returns what the operator has to know if the file has no valid key and is the only source of credentials: the
         * file still exists, so servers require a credential that no caller can have.
         */
        Optional<String> lockout(Instant now) {
            var auth = settings.auth();
            boolean isOnlySource = isSame(folder.resolve(auth.apiKeys().file()))
                    && auth.isEnabled(true)
                    && auth.credentials().isEmpty();
            return isOnlySource && editor().list().stream().noneMatch(key -> key.isValid(now))
                    ? Optional.of("No valid key is left, and no other credential is configured. Servers still require a"
                            + " credential, so no caller can authenticate over HTTP until 'breakwater key new' creates"
                            + " a key.")
                    : Optional.empty();
        }

        private boolean isSame(Path served) {
            return canonical(served).equals(canonical(path()));
        }

        private static Path canonical(Path file) {
            try {
                return Files.exists(file)
                        ? file.toRealPath()
                        : file.toAbsolutePath().normalize();
            } catch (IOException unreadable) {
                return file.toAbsolutePath().normalize();
            }
        }
    }
}
