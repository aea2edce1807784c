package io.breakwater.sample.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** An authority of our own and what it signed, made by the JDK's keytool as PEM files. */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final Path authority;

    /** Makes them in a folder that is there. */
    public Certificates(Path folder) {
        this.folder = folder;
        keytool("authority", "CN=Sample authority", "bc:c");
        this.authority = write("authority", "CERTIFICATE", folder.resolve("authority.pem"));
    }

    /** Who signed the others. */
    public Path authority() {
        return authority;
    }

    /** A certificate for {@code localhost} and 127.0.0.1. */
    public Pair server() {
        return signed("server", "san=dns:localhost,ip:127.0.0.1");
    }

    /** A certificate for another host. */
    public Pair elsewhere() {
        return signed("elsewhere", "san=dns:elsewhere.example");
    }

    /** A client's certificate. */
    public Pair client() {
        return signed("client", "eku=clientAuth");
    }

    private Pair signed(String name, String extension) {
        var pair = new Pair(folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem"));
        if (!Files.exists(pair.key)) {
            keytool(name, "CN=" + name, extension, "-signer", "authority");
            write(name, "CERTIFICATE", pair.certificate);
            write(name, "PRIVATE KEY", pair.key);
        }
        return pair;
    }

    private void keytool(String name, String subject, String extension, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", name, "-dname", subject, "-ext", extension, "-keyalg", "EC"));
        command.addAll(List.of("-validity", "2", "-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        command.addAll(List.of("-keystore", folder.resolve("store.p12").toString()));
        command.addAll(List.of(more));
        var log = folder.resolve("keytool.log");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path write(String name, String kind, Path file) {
        try {
            var store = store();
            var content = kind.equals("CERTIFICATE")
                    ? store.getCertificate(name).getEncoded()
                    : store.getKey(name, PASSWORD).getEncoded();
            var encoded = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
            return Files.writeString(
                    file, "-----BEGIN " + kind + "-----\n" + encoded + "\n-----END " + kind + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(folder.resolve("store.p12").toFile(), PASSWORD);
    }

    /** A client that every server lets in, and that looks at no server's name. */
    @SuppressWarnings("deprecation") // the replacement reads files for each connection
    JedisClientConfig administrator(String password) {
        try {
            client();
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(), PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return DefaultJedisClientConfig.builder()
                    .autoNegotiateProtocol(false)
                    .ssl(true)
                    .sslSocketFactory(context.getSocketFactory())
                    .sslParameters(new SSLParameters())
                    .password(password)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate and its key. */
    public record Pair(Path certificate, Path key) {}
}
