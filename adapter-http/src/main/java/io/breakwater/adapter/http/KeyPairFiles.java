package io.breakwater.adapter.http;

import io.breakwater.port.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the two files of a certificate hold, read together so that what is checked is what is served.
 *
 * @param certificates the chain in PEM, our own certificate first
 * @param key its private key in PEM
 */
record KeyPairFiles(Buffer certificates, Buffer key) {
    private static final char[] PASSWORD = KeyStoreHelper.DUMMY_PASSWORD.toCharArray();

    /** What the files hold now. */
    static KeyPairFiles read(HttpSettings.Tls tls) throws IOException {
        return new KeyPairFiles(
                Buffer.buffer(Files.readAllBytes(tls.certificate())), Buffer.buffer(Files.readAllBytes(tls.key())));
    }

    /**
     * What the files hold, in the words of Vert.x.
     *
     * @throws Failure.Refused when they cannot be read, or no client would accept what they hold
     */
    static PemKeyCertOptions usable(HttpSettings.Tls tls, Vertx vertx) {
        try {
            return read(tls).checked(vertx);
        } catch (IOException e) {
            throw refused(tls, "cannot read " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw refused(tls, String.valueOf(e.getMessage()), e);
        }
    }

    private static Failure.Refused refused(HttpSettings.Tls tls, String why, Exception cause) {
        return new Failure.Refused(
                "Cannot serve with the certificate " + tls.certificate() + " and the key " + tls.key() + ": " + why
                        + ". See http.tls.certificate and http.tls.key.",
                cause);
    }

    /**
     * The pair in the words of Vert.x, if a client could accept it.
     *
     * @throws GeneralSecurityException when none could; the message says why
     */
    PemKeyCertOptions checked(Vertx vertx) throws GeneralSecurityException {
        var chain = chain();
        KeyPairCheck.chain(chain);
        var options = new PemKeyCertOptions().setCertValue(certificates).setKeyValue(key);
        var store = store(options, vertx);
        KeyPairCheck.key(
                chain.getFirst(), (PrivateKey) store.getKey(store.aliases().nextElement(), PASSWORD));
        return options;
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
