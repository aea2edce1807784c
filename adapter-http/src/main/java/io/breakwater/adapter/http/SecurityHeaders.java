package io.breakwater.adapter.http;

import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of every response that tell browsers what not to do with it. All names and values are constants,
 * so that a response costs no text conversion.
 */
final class SecurityHeaders {
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NO_FRAMES = HttpHeaders.createOptimized("frame-ancestors 'none'");
    private static final CharSequence STRICT_TRANSPORT = HttpHeaders.createOptimized("Strict-Transport-Security");

    /** The fields as lines of an HTTP/1 head. */
    static final String LINES =
            "x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\ncache-control: no-store\r\n";

    private final @Nullable CharSequence strictTransport;

    SecurityHeaders(HttpSettings settings) {
        var tls = settings.tls();
        strictTransport = tls == null || tls.hsts() == null ? null : maxAge(tls.hsts());
    }

    private static CharSequence maxAge(Duration hsts) {
        return HttpHeaders.createOptimized("max-age=" + hsts.toSeconds());
    }

    /** Adds the fields to a response that has no fields yet; what sends the response may replace them. */
    void addTo(MultiMap headers) {
        addDefaults(headers);
        if (strictTransport != null) {
            headers.add(STRICT_TRANSPORT, strictTransport);
        }
    }

    /** Adds the fields that need no settings. */
    static void addDefaults(MultiMap headers) {
        headers.add(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .add(REFERRER_POLICY, NO_REFERRER)
                .add(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }

    /** Adds the fields to an HTTP/2 response that Vert.x does not know. */
    static void addTo(Http2Headers headers) {
        headers.set("x-content-type-options", "nosniff")
                .set("referrer-policy", "no-referrer")
                .set("cache-control", "no-store");
    }

    /** Changes the fields for an HTTP resource, whose caching is its own decision: no page may frame it. */
    static void forResource(MultiMap headers) {
        headers.remove(HttpHeaders.CACHE_CONTROL).set(SECURITY_POLICY, NO_FRAMES);
    }
}
