package io.breakwater.adapter.http.client;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a client of HTTPS trusts. A server with one of the known certificates needs no authority, and its
 * certificate need not contain the name in the URL: a server that presents it has its private key. Every other certificate
 * must come from an authority and contain the name.
 */
public final class ServerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager authorities;
    private final Set<X509Certificate> known;

    private ServerTrust(X509ExtendedTrustManager authorities, Set<X509Certificate> known) {
        this.authorities = authorities;
        this.known = known;
    }

    /**
     * Returns a TLS context for clients.
     *
     * @param authorities the certificates of the authorities; empty for those of the JDK
     * @param known the certificates of servers that are trusted without an authority
     */
    public static SSLContext context(List<X509Certificate> authorities, Set<X509Certificate> known) {
        try {
            var context = SSLContext.getInstance("TLS");
            var trust = new ServerTrust(manager(authorities), Set.copyOf(known));
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509ExtendedTrustManager manager(List<X509Certificate> authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isEmpty() ? null : store(authorities));
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore store(List<X509Certificate> certificates) throws GeneralSecurityException {
        var store = KeyStore.Builder.newInstance("PKCS12", null, new KeyStore.PasswordProtection(new char[0]))
                .getKeyStore();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), certificates.get(i));
        }
        return store;
    }

    /** Whether the server has a known certificate, which must not have expired. */
    private boolean isKnown(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !known.contains(chain[0])) {
            return false;
        }
        chain[0].checkValidity();
        return true;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, @Nullable SSLEngine engine)
            throws CertificateException {
        if (!isKnown(chain)) {
            authorities.checkServerTrusted(chain, keyType, engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
            throws CertificateException {
        if (!isKnown(chain)) {
            authorities.checkServerTrusted(chain, keyType, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        if (!isKnown(chain)) {
            authorities.checkServerTrusted(chain, keyType);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw clientsOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
            throws CertificateException {
        throw clientsOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw clientsOnly();
    }

    private static CertificateException clientsOnly() {
        return new CertificateException("This context is for clients.");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
