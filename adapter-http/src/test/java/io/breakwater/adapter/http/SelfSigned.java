package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code localhost} that no authority signed, created by the JDK's own tool. */
public final class SelfSigned {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Map<Integer, SelfSigned> NUMBERED = new ConcurrentHashMap<>();

    private final KeyStore store;

    private SelfSigned(KeyStore store) {
        this.store = store;
    }

    /** The one of that number, the same for all tests: making one takes a process of its own. */
    public static SelfSigned number(int number) {
        return NUMBERED.computeIfAbsent(number, ignored -> made());
    }

    private static SelfSigned made() {
        try {
            var folder = Files.createTempDirectory("tls");
            var made = made(folder, "-keyalg", "EC", "-validity", "2");
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(file -> assertThat(file.delete()).isTrue());
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a key and a validity as the options of {@code keytool} say. */
    static SelfSigned made(Path folder, String... options) {
        return new SelfSigned(generated(file(folder), "me", options));
    }

    /** Not self-signed after all, but by an authority, whose certificate follows. */
    static SelfSigned signed(Path folder) {
        var file = file(folder);
        generated(file, "authority", "-keyalg", "EC", "-ext", "bc=ca:true");
        return new SelfSigned(generated(file, "me", "-keyalg", "EC", "-signer", "authority"));
    }

    private static Path file(Path folder) {
        try {
            return Files.createTempDirectory(folder, "store").resolve("store.p12");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore generated(Path file, String alias, String... options) {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-alias", alias));
        command.addAll(List.of("-dname", "CN=" + (alias.equals("me") ? "localhost" : alias)));
        command.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", new String(PASSWORD), "-keystore", file.toString()));
        command.addAll(List.of(options));
        var log = file.resolveSibling("keytool.log");
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError(Files.readString(log));
            }
            return KeyStore.getInstance(file.toFile(), PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts certificate and key where the settings point to. */
    public void writeTo(HttpSettings.Tls tls) {
        write(tls.certificate(), certificates());
        write(tls.key(), key());
    }

    /** Replaces the file in one step, so that no look at it finds half of it. */
    static void write(Path file, String text) {
        try {
            var fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".fresh"), text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole chain in PEM. */
    public String certificates() {
        try {
            var chain = new StringBuilder();
            for (var one : store.getCertificateChain("me")) {
                chain.append(pem("CERTIFICATE", one.getEncoded()));
            }
            return chain.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key in PEM. */
    public String key() {
        try {
            return pem("PRIVATE KEY", store.getKey("me", PASSWORD).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    X509Certificate certificate() {
        try {
            return (X509Certificate) store.getCertificate("me");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a client that trusts this certificate and no other. */
    SSLContext trusted() {
        try {
            var trust = KeyStore.getInstance(KeyStore.getDefaultType());
            trust.load(null, null);
            trust.setCertificateEntry("server", certificate());
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trust);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server that presents this certificate. */
    public SSLContext presented() {
        try {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] content) {
        var encoded = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + encoded + "\n-----END " + kind + "-----\n";
    }
}
