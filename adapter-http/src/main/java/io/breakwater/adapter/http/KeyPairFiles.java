package io.breakwater.adapter.http;

import io.breakwater.port.PortException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the two files of a certificate hold, read together so that what is checked is what is served.
 *
 * @param certificates the chain in PEM, our own certificate first
 * @param key its private key in PEM
 */
record KeyPairFiles(Buffer certificates, Buffer key) {
    /** PKCS#8, and the older forms. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED", Pattern.MULTILINE);

    private static final int MAX_BYTES = 1 << 20;

    private static final char[] PASSWORD = KeyStoreHelper.DUMMY_PASSWORD.toCharArray();

    /** What the files hold now. */
    static KeyPairFiles read(HttpSettings.Tls tls) throws IOException {
        return new KeyPairFiles(content(tls.certificate()), content(tls.key()));
    }

    /** Opening anything but a regular file may block for ever. */
    private static Buffer content(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "it is not a regular file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new FileSystemException(file.toString(), null, "it is larger than 1 MiB");
        }
        return Buffer.buffer(Files.readAllBytes(file));
    }

    /** Why a file could not be read, with its name. */
    static String reason(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> "reading " + denied.getFile() + " is not permitted";
            default -> String.valueOf(unreadable.getMessage());
        };
    }

    /**
     * What the files hold.
     *
     * @throws PortException.RefusedException when they cannot be read, or no client would accept what they hold
     */
    static CheckedKeyPair usable(HttpSettings.Tls tls, Vertx vertx, Instant now) {
        try {
            return read(tls).checked(vertx, now);
        } catch (IOException e) {
            throw refused(tls, reason(e), e);
        } catch (GeneralSecurityException e) {
            throw refused(tls, String.valueOf(e.getMessage()), e);
        }
    }

    private static PortException.RefusedException refused(HttpSettings.Tls tls, String why, Exception cause) {
        return new PortException.RefusedException(
                "Cannot serve with the certificate " + tls.certificate() + " and the key " + tls.key() + ": " + why
                        + ". See http.tls.certificate and http.tls.key.",
                cause);
    }

    /**
     * The pair, if a client could accept it at that moment.
     *
     * @throws GeneralSecurityException when none could; the message says why
     */
    CheckedKeyPair checked(Vertx vertx, Instant now) throws GeneralSecurityException {
        var chain = chain();
        KeyPairCheck.chain(chain, now);
        requirePlainKey();
        var pair = new CheckedKeyPair(this, chain);
        var store = store(pair.options(), vertx);
        KeyPairCheck.key(
                chain.getFirst(), (PrivateKey) store.getKey(store.aliases().nextElement(), PASSWORD));
        return pair;
    }

    private void requirePlainKey() throws GeneralSecurityException {
        var text = key.toString(StandardCharsets.ISO_8859_1);
        if (ENCRYPTED.matcher(text).find()) {
            throw new GeneralSecurityException("the key is encrypted: store it without a password, for instance with"
                    + " 'openssl pkey -in encrypted.pem -out key.pem', and let only the server read it");
        }
    }

    private List<X509Certificate> chain() throws GeneralSecurityException {
        try {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificates.getBytes()))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw noPem("there is no certificate");
            }
            return chain;
        } catch (CertificateException e) {
            throw noPem(String.valueOf(e.getMessage()));
        }
    }

    private static GeneralSecurityException noPem(String why) {
        return new GeneralSecurityException("both must be PEM files; " + why);
    }

    private static KeyStore store(PemKeyCertOptions options, Vertx vertx) throws GeneralSecurityException {
        try {
            return options.loadKeyStore(vertx);
        } catch (Exception e) {
            var why = String.valueOf(e.getMessage());
            boolean strangers = why.contains("private key algorithm does not match"); // as the JDK has it
            throw strangers ? new GeneralSecurityException(KeyPairCheck.STRANGERS, e) : noPem(why);
        }
    }
}
