package io.breakwater.adapter.http;

import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
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
 * The content of a certificate's two files, read together so that the server uses exactly what was checked.
 *
 * @param certificates the chain in PEM, the server's own certificate first
 * @param key its private key in PEM
 */
record KeyPairFiles(Buffer certificates, Buffer key) {
    /** Matches encrypted keys in PKCS#8 and in the older formats. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED", Pattern.MULTILINE);

    private static final int MAX_BYTES = 1 << 20;

    private static final char[] PASSWORD = KeyStoreHelper.DUMMY_PASSWORD.toCharArray();

    /** Reads the current content of the files. */
    static KeyPairFiles read(HttpSettings.Tls tls) throws IOException {
        return new KeyPairFiles(content(tls.certificate()), content(tls.key()));
    }

    /** Reads a regular file; opening another kind of file may block forever. */
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

    /** Returns the reason why a file could not be read, with its name. */
    static String reason(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> "reading " + denied.getFile() + " is not permitted";
            default -> String.valueOf(unreadable.getMessage());
        };
    }

    /**
     * Reads and checks the files.
     *
     * @throws PortException.RefusedException when they cannot be read, or no client would accept the certificate
     */
    static CheckedKeyPair readChecked(HttpSettings.Tls tls, Vertx vertx, Instant now, SettingNames names) {
        try {
            return read(tls).checked(vertx, now);
        } catch (IOException e) {
            throw refused(tls, reason(e), e, names);
        } catch (GeneralSecurityException e) {
            throw refused(tls, String.valueOf(e.getMessage()), e, names);
        }
    }

    private static PortException.RefusedException refused(
            HttpSettings.Tls tls, String why, Exception cause, SettingNames names) {
        return new PortException.RefusedException(
                "Cannot serve with the certificate " + tls.certificate() + " and the key " + tls.key() + ": " + why
                        + ". See " + names.nameOf(Certificates.CERTIFICATE) + " and " + names.nameOf(Certificates.KEY)
                        + ".",
                cause);
    }

    /**
     * Checks that clients can accept the pair now.
     *
     * @throws GeneralSecurityException when they cannot; the message gives the reason
     */
    CheckedKeyPair checked(Vertx vertx, Instant now) throws GeneralSecurityException {
        requireOrder();
        var chain = chain();
        KeyPairCheck.chain(chain, now);
        requirePlainKey();
        var pair = new CheckedKeyPair(this, chain);
        var store = store(pair.options(), vertx);
        KeyPairCheck.key(
                chain.getFirst(), (PrivateKey) store.getKey(store.aliases().nextElement(), PASSWORD));
        return pair;
    }

    private void requireOrder() throws GeneralSecurityException {
        if (isKeyOnly(certificates)) {
            throw new GeneralSecurityException(
                    "the first contains a private key, not a certificate; are the two files swapped?");
        }
        if (isCertificateOnly(key)) {
            throw new GeneralSecurityException(
                    "the second contains a certificate, not a private key; are the two files swapped?");
        }
    }

    private static boolean isKeyOnly(Buffer file) {
        var text = file.toString(StandardCharsets.ISO_8859_1);
        return text.contains("PRIVATE KEY-----") && !text.contains("-----BEGIN CERTIFICATE");
    }

    private static boolean isCertificateOnly(Buffer file) {
        var text = file.toString(StandardCharsets.ISO_8859_1);
        return text.contains("-----BEGIN CERTIFICATE") && !text.contains("PRIVATE KEY-----");
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
                throw invalidPem("there is no certificate");
            }
            return chain;
        } catch (CertificateException e) {
            throw invalidPem(String.valueOf(e.getMessage()));
        }
    }

    private static GeneralSecurityException invalidPem(String why) {
        return new GeneralSecurityException("both must be PEM files; " + why);
    }

    private static KeyStore store(PemKeyCertOptions options, Vertx vertx) throws GeneralSecurityException {
        try {
            return options.loadKeyStore(vertx);
        } catch (Exception e) {
            var why = String.valueOf(e.getMessage());
            boolean mismatch = why.contains("private key algorithm does not match"); // the JDK's message
            throw mismatch ? new GeneralSecurityException(KeyPairCheck.KEY_MISMATCH, e) : invalidPem(why);
        }
    }
}
