package io.breakwater.adapter.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads certificate and key again when they change on disk. Two files cannot change in one moment, so a change counts
 * only when the next look finds the same; a pair that no client could accept leaves the old one in service, which one
 * line says, until the files change once more.
 */
final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final HttpSettings.Tls tls;
    private final Vertx vertx;
    private final HttpServer server;
    private @Nullable KeyPairFiles judged;
    private @Nullable KeyPairFiles seen;
    private boolean readable = true;

    /**
     * Looks after the certificate of that server.
     *
     * @param served what it serves with at present
     */
    Certificates(HttpSettings.Tls tls, Vertx vertx, HttpServer server, PemKeyCertOptions served) {
        this.tls = tls;
        this.vertx = vertx;
        this.server = server;
        this.judged = new KeyPairFiles(served.getCertValue(), served.getKeyValue());
    }

    /** Looks at the files from now on. */
    void watch() {
        vertx.setPeriodic(tls.checkEvery().toMillis(), timer -> look());
    }

    private void look() {
        vertx.executeBlocking(() -> KeyPairFiles.read(tls))
                .onSuccess(this::found)
                .onFailure(this::unreadable);
    }

    private void unreadable(Throwable why) {
        if (readable) {
            LOG.warn("Cannot read the certificate or its key; the pair in use stays: {}", why.toString());
        }
        readable = false;
    }

    private void found(KeyPairFiles now) {
        readable = true;
        boolean still = now.equals(seen);
        seen = now;
        if (still && !now.equals(judged)) {
            judged = now;
            replaceBy(now)
                    .onSuccess(done -> LOG.info("The certificate was read again from {}", tls.certificate()))
                    .onFailure(e -> LOG.warn(
                            "Cannot serve with the new certificate {} and key {}; the pair in use stays: {}",
                            tls.certificate(),
                            tls.key(),
                            e.getMessage()));
        }
    }

    private Future<Boolean> replaceBy(KeyPairFiles files) {
        return vertx.executeBlocking(() -> files.checked(vertx))
                .compose(pair -> server.updateSSLOptions(
                        new ServerSSLOptions().setKeyCertOptions(pair).setUseAlpn(true), true));
    }
}
