package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ManagementOptions;
import io.breakwater.bootstrap.management.KeyFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Requests of commands to the management listener of a running server, with its key. */
final class ManagementRequest {
    private ManagementRequest() {}

    /**
     * Returns a request for a path.
     *
     * @param root the address of the listener, or null for the configured one
     * @throws UnreachableServerException when the key cannot be read
     */
    static HttpRequest.Builder of(ManagementOptions options, @Nullable URI root, String path) {
        var uri = root == null ? ServerEndpoints.management(options.listener(), path) : root.resolve(path);
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + key(options));
    }

    private static String key(ManagementOptions options) {
        var configured = options.listener().key();
        if (configured != null) {
            return configured.reveal();
        }
        try {
            return KeyFile.read(options.keyFile(), !options.keyFileConfigured());
        } catch (IOException unreadable) {
            throw new UnreachableServerException(
                    "Cannot read the management key in " + options.keyFile() + reason(unreadable) + ". Start the"
                            + " server, and run this command as the same user and with the same configuration.",
                    unreadable);
        }
    }

    /** Returns why, unless the message is the name of the file, as for a file that does not exist. */
    private static String reason(IOException unreadable) {
        return unreadable instanceof FileSystemException ? "" : " (" + unreadable.getMessage() + ")";
    }
}
