package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.apikey.ApiKeysEditor;
import io.breakwater.bootstrap.apikey.StoredKey;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.port.Principal;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.server.Breakwater;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that name a principal by its credential. */
final class CredentialOptions {
    private static final int MAX_BYTES = 64 << 10;

    @Option(
            names = "--key",
            paramLabel = "NAME|ID",
            description = "The caller with this key of the API keys file, with the rights that the file gives it.")
    private @Nullable String key;

    @Option(
            names = "--token",
            paramLabel = "@FILE",
            description =
                    "The caller with the token, or the API key, in this file. The command verifies it as the server"
                            + " does, but needs no proof for a token that is bound to a key.")
    private @Nullable String token;

    boolean isGiven() {
        return key != null || token != null;
    }

    /**
     * Returns the principal.
     *
     * @throws NoSuchElementException when there is no such key, or when the server would not accept the token
     */
    Principal principal(BreakwaterSettings settings, Path folder, Breakwater server) {
        if (key != null && token != null) {
            throw new NoSuchElementException("--key and --token exclude each other. Omit one of them.");
        }
        return key == null
                ? ofToken(read(folder, token == null ? "" : token), server)
                : ofKey(key, folder.resolve(settings.auth().apiKeys().file()));
    }

    private static Principal ofKey(String nameOrId, Path file) {
        var id = nameOrId.startsWith(ApiKeyFormat.PREFIX) ? nameOrId.substring(ApiKeyFormat.PREFIX.length()) : nameOrId;
        return new ApiKeysEditor(file, InstantSource.system())
                .list().stream()
                        .filter(each ->
                                each.name().equals(nameOrId) || each.id().equals(id))
                        .findFirst()
                        .map(StoredKey::apiKey)
                        .orElseThrow(() -> new NoSuchElementException("There is no API key '" + nameOrId + "' in "
                                + file + ". 'breakwater key list' prints them."))
                        .principal();
    }

    private static Principal ofToken(String credential, Breakwater server) {
        var explanation =
                server.explainCredential(credential).toCompletableFuture().join();
        var principal = explanation.principal();
        if (principal == null) {
            throw new NoSuchElementException(
                    "The server would refuse this credential: " + withFullStop(explanation.reason()));
        }
        return identified(principal);
    }

    private static String withFullStop(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private static Principal identified(Principal principal) {
        if (principal.isAnonymous()) {
            throw new NoSuchElementException("A server with this configuration authenticates no callers, so a token"
                    + " gives no rights. Use --as anonymous.");
        }
        return principal;
    }

    private static String read(Path folder, String argument) {
        if (!argument.startsWith("@")) {
            throw new NoSuchElementException("Write the token to a file and name it, as in --token @token.txt: other"
                    + " users of this machine can see arguments.");
        }
        var file = folder.resolve(argument.substring(1));
        try (var stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
        } catch (IOException unreadable) {
            throw new NoSuchElementException("The file " + file + " cannot be read. Check its name and its rights.");
        }
    }
}
