package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.breakwater.adapter.redis.RedisSettings.Tls;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The PEM files of {@link Tls}, read once, as a factory of sockets that verify the server's name. */
record TlsFiles(SSLSocketFactory sockets) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.+?)-----END PRIVATE KEY-----", Pattern.DOTALL);

    /** Reads the files; a {@link PortException.RefusedException} names the invalid file. */
    static TlsFiles read(Tls tls, SettingNames names) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(tls.certificate(), tls.key(), names), trust(tls.authorities(), names), null);
            return new TlsFiles(context.getSocketFactory());
        } catch (GeneralSecurityException | IOException e) {
            throw new PortException.RefusedException(
                    names.nameOf("RedisSettings.tls") + " cannot be set up: " + e.getMessage(), e);
        }
    }

    /** Parameters that require a certificate for the server's host name. */
    SSLParameters parameters() {
        var parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** Null selects the authorities that the Java runtime trusts. */
    private static TrustManager @Nullable [] trust(@Nullable Path authorities, SettingNames names)
            throws GeneralSecurityException, IOException {
        if (authorities == null) {
            return null;
        }
        var store = emptyKeyStore();
        for (var authority : certificates(authorities, names.nameOf("RedisSettings.Tls.authorities"))) {
            store.setCertificateEntry("authority " + store.size(), authority);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(@Nullable Path certificate, @Nullable Path key, SettingNames names)
            throws GeneralSecurityException, IOException {
        if (certificate == null || key == null) {
            return null;
        }
        var store = emptyKeyStore();
        var chain = certificates(certificate, names.nameOf("RedisSettings.Tls.certificate"))
                .toArray(Certificate[]::new);
        store.setKeyEntry("own", privateKey(key, names.nameOf("RedisSettings.Tls.key")), new char[0], chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyKeyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file, String setting)
            throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        try {
            var found = factory.generateCertificates(new ByteArrayInputStream(content(file, setting)));
            check(!found.isEmpty(), setting, file, "contains no certificate");
            return found;
        } catch (CertificateException e) {
            throw refused(setting, file, "contains an invalid certificate", e);
        }
    }

    private static PrivateKey privateKey(Path file, String setting) throws GeneralSecurityException {
        var matcher = KEY.matcher(new String(content(file, setting), US_ASCII));
        check(matcher.find(), setting, file, "contains no PKCS#8 private key (BEGIN PRIVATE KEY)");
        var spec = new PKCS8EncodedKeySpec(decode(matcher.group(1), file, setting));
        for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // The next algorithm may accept the key.
            }
        }
        throw refused(setting, file, "contains a key that is neither RSA, EC nor EdDSA", null);
    }

    private static byte[] decode(String base64, Path file, String setting) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw refused(setting, file, "contains an incomplete private key", e);
        }
    }

    private static byte[] content(Path file, String setting) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw refused(setting, file, "cannot be read", e);
        }
    }

    private static void check(boolean valid, String setting, Path file, String problem) {
        if (!valid) {
            throw refused(setting, file, problem, null);
        }
    }

    private static PortException refused(String setting, Path file, String problem, @Nullable Throwable cause) {
        return new PortException.RefusedException(setting + ": " + file + " " + problem, cause);
    }
}
