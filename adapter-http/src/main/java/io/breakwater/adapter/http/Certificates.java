package io.breakwater.adapter.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads certificate and key again when they change on disk. Two files cannot change in one moment, so a change counts
 * only when the next look finds the same; a pair that cannot be used leaves the old one in service.
 */
final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final HttpSettings.Tls tls;
    private final Vertx vertx;
    private final HttpServer server;
    private List<String> used = List.of();
    private List<String> seen = List.of();

    Certificates(HttpSettings.Tls tls, Vertx vertx, HttpServer server) {
        this.tls = tls;
        this.vertx = vertx;
        this.server = server;
    }

    /** Looks at the files from now on. */
    Future<?> watch() {
        return vertx.executeBlocking(this::stamps).onSuccess(now -> {
            used = now;
            seen = now;
            vertx.setPeriodic(tls.checkEvery().toMillis(), timer -> look());
        });
    }

    private void look() {
        vertx.executeBlocking(this::stamps)
                .onSuccess(now -> {
                    boolean still = now.equals(seen);
                    seen = now;
                    if (still && !now.equals(used)) {
                        used = now;
                        replace();
                    }
                })
                .onFailure(e -> LOG.warn("Cannot look at the certificate; the one in use stays: {}", e.toString()));
    }

    private void replace() {
        var fresh = new ServerSSLOptions().setKeyCertOptions(Options.pem(tls)).setUseAlpn(true);
        server.updateSSLOptions(fresh, true)
                .onSuccess(done -> LOG.info("The certificate was read again from {}", tls.certificate()))
                .onFailure(e -> LOG.warn("The new certificate cannot be used; the old one stays: {}", e.toString()));
    }

    private List<String> stamps() throws IOException {
        return List.of(stamp(tls.certificate()), stamp(tls.key()));
    }

    private static String stamp(Path file) throws IOException {
        return Files.getLastModifiedTime(file) + " " + Files.size(file);
    }
}
