package io.breakwater.bootstrap.config;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.http.ManagementKey;
import io.breakwater.adapter.http.ManagementSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The management listener of the program.
 *
 * @param enabled whether it runs, or null for a default that depends on the command
 * @param listener its address, its key and its certificate
 * @param configured whether its address is not the default, so that it must be available
 * @param keyFile the file for the random key
 * @param keyFileConfigured whether this file is not the default, so that it must be writable
 */
public record ManagementOptions(
        @Nullable Boolean enabled,
        ManagementSettings listener,
        boolean configured,
        Path keyFile,
        boolean keyFileConfigured) {

    private static final ManagementSettings STANDARD = ManagementSettings.defaults();
    private static final int MIN_SECRET = 32;

    static final Setting<Boolean> ENABLED = Setting.flag("enabled")
            .description("Whether the management listener runs. Unless set, it runs with `serve` and `demo`, and not"
                    + " with `stdio`.");

    static final Setting<String> HOST = Setting.text(
                    "host", "[A-Za-z0-9.:_%\\[\\]-]{1,253}", "a host name or an IP address")
            .byDefault(STANDARD.host())
            .description("The address to listen on. An address that other machines can reach also needs"
                    + " `management.secret`, and uses the certificate of `http.tls` if there is one.");

    static final Setting<Integer> PORT = Setting.whole("port", 0, 65_535)
            .byDefault(STANDARD.port())
            .description("The port to listen on; 0 selects a free one, which is the default if `http.port` is 0. If the"
                    + " address is not set and the default port is in use, the server logs a warning and runs without"
                    + " the listener.");

    static final Setting<SecretValue> SECRET = Setting.secret("secret", MIN_SECRET)
            .description("The management key, which requests for details and changes must contain as `Authorization:"
                    + " Bearer KEY`. Without this setting, each start creates a random key and writes it to"
                    + " `management.key-file`.");

    static final Setting<Path> KEY_FILE = Setting.path("key-file")
            .description("The file for the random key, which only its owner can read. The server removes the file when"
                    + " it stops.");

    static ManagementOptions read(SectionReader management, HttpSettings http) {
        var enabled = management.find(ENABLED);
        var host = management.get(HOST);
        int defaultPort = http.port() == 0 ? 0 : STANDARD.port();
        int port = management.get(PORT.byDefault(defaultPort));
        var secret = management.find(SECRET);
        var keyFile = management.get(KEY_FILE.byDefault(defaultKeyFile(port)));
        var listener = management.create(() -> listener(host, port, secret, http), STANDARD);
        if (secret == null && !Boolean.FALSE.equals(enabled) && ListenAddress.isForOtherMachines(host)) {
            management.refuse(
                    HOST, "other machines can reach " + host, "set management.secret, or listen on 127.0.0.1");
        }
        boolean configured = !host.equals(STANDARD.host()) || port != defaultPort;
        boolean keyFileConfigured = !keyFile.equals(defaultKeyFile(port));
        return new ManagementOptions(enabled, listener, configured, keyFile, keyFileConfigured);
    }

    private static ManagementSettings listener(String host, int port, @Nullable SecretValue secret, HttpSettings http) {
        var open = STANDARD.withHost(host).withPort(port).withAllowedHosts(http.allowedHosts());
        var keyed = secret == null ? open : open.withKey(ManagementKey.of(secret.reveal()));
        var tls = http.tls();
        return tls == null || ListenAddress.isLoopback(host) ? keyed : keyed.withTls(tls);
    }

    /** Returns a file for each user and each port, in a folder of this user if there is one. */
    private static Path defaultKeyFile(int port) {
        var user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9_-]", "_");
        return RuntimeFolder.of(System.getenv("XDG_RUNTIME_DIR")).resolve("breakwater-" + user + "-" + port + ".key");
    }

    /**
     * Returns whether the listener runs.
     *
     * @param standard the default of the command
     */
    public boolean isEnabled(boolean standard) {
        return enabled == null ? standard : enabled;
    }
}
