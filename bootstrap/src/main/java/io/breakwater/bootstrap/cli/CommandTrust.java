package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.http.client.ServerTrust;
import io.breakwater.adapter.http.outbound.TrustedAuthorities;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.SettingKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The servers that commands trust over HTTPS: those with a certificate of the authorities in {@code
 * outbound.trust-store} (of the JDK unless set), and the configured server itself, by its own certificate.
 */
final class CommandTrust {
    private CommandTrust() {}

    /** Returns a client for requests to a URL; the configuration is read only for HTTPS. */
    static HttpClient client(URI target, Supplier<BreakwaterSettings> settings, Duration connectTimeout) {
        var client = HttpClient.newBuilder().connectTimeout(connectTimeout);
        if (isHttps(target)) {
            client.sslContext(context(settings.get()));
        }
        return client.build();
    }

    static boolean isHttps(URI target) {
        return "https".equalsIgnoreCase(target.getScheme());
    }

    static SSLContext context(BreakwaterSettings settings) {
        var store = settings.outbound().trustStore();
        var authorities = store == null
                ? List.<X509Certificate>of()
                : TrustedAuthorities.read(store, SettingKeys::keyOf).certificates();
        return ServerTrust.context(authorities, own(settings));
    }

    private static Set<X509Certificate> own(BreakwaterSettings settings) {
        var own = new HashSet<X509Certificate>();
        Stream.of(settings.http().tls(), settings.management().listener().tls())
                .map(CommandTrust::own)
                .forEach(own::addAll);
        return own;
    }

    /** Returns none if the file cannot be used; if the server serves it anyway, the client names the certificate. */
    private static Set<X509Certificate> own(HttpSettings.@Nullable Tls tls) {
        return tls == null ? Set.of() : first(tls.certificate());
    }

    private static Set<X509Certificate> first(Path file) {
        try (var stream = Files.newInputStream(file)) {
            return Set.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream));
        } catch (IOException | CertificateException unusable) {
            return Set.of();
        }
    }
}
