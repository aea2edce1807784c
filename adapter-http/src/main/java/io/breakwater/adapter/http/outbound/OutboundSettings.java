package io.breakwater.adapter.http.outbound;

import io.breakwater.port.SettingNames;
import io.breakwater.port.support.SettingChecks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link OutboundHttpClient}.
 *
 * @param allowed networks such as {@code 10.1.0.0/16}, addresses and host names to which the client connects although
 *     their addresses are not public. A host name allows loopback and private addresses only; link-local addresses and
 *     those of cloud metadata services must be named as a network or an address
 * @param connectTimeout the maximum time to connect to one address, including the TLS handshake
 * @param requestsPerHost the maximum number of concurrent requests to one host and port
 * @param waitingPerHost the maximum number of further requests that wait
 * @param responseHeadBytes the maximum size of the header fields of a response
 * @param trustStore a PEM file with the certificates of the authorities to trust, or null for those of the JDK
 */
public record OutboundSettings(
        List<String> allowed,
        Duration connectTimeout,
        int requestsPerHost,
        int waitingPerHost,
        int responseHeadBytes,
        @Nullable Path trustStore) {
    private static final long MAX_DAYS = 1;
    private static final int MIN_HEAD_BYTES = 1 << 10;

    /** Refuses invalid values. */
    public OutboundSettings {
        allowed = SettingChecks.nonNullCopy(allowed, "OutboundSettings.allowed");
        allowed.forEach(entry -> SettingChecks.check(
                AddressPolicy.isEntry(entry),
                "allowed must contain networks such as 10.0.0.0/8 (the bits after the prefix are 0), addresses and host"
                        + " names, but contains " + entry + "."));
        SettingChecks.positive(connectTimeout, MAX_DAYS, "OutboundSettings.connectTimeout");
        SettingChecks.positive(requestsPerHost, "OutboundSettings.requestsPerHost");
        SettingChecks.atLeast(0, waitingPerHost, "OutboundSettings.waitingPerHost");
        SettingChecks.atLeast(MIN_HEAD_BYTES, responseHeadBytes, "OutboundSettings.responseHeadBytes");
    }

    /** Returns settings that allow public addresses only, with the authorities of the JDK. */
    public static OutboundSettings defaults() {
        return new OutboundSettings(List.of(), Duration.ofSeconds(5), 8, 64, 16 << 10, null);
    }

    /**
     * Returns why the client would not connect to a URL, such as "localhost is a loopback address". Empty if it would, and
     * for a host name other than {@code localhost}, which must be resolved first.
     */
    public Optional<String> refusal(URI url) {
        return refusals().apply(url);
    }

    /** Returns {@link #refusal} as a function, which reads the settings once for any number of URLs. */
    public Function<URI, Optional<String>> refusals() {
        var policy = AddressPolicy.allowing(allowed, SettingNames.JAVA);
        return url -> policy.refusal(host(url));
    }

    private static String host(URI url) {
        var host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns these settings with other allowed networks, addresses and host names. */
    public OutboundSettings withAllowed(List<String> others) {
        return new OutboundSettings(
                others, connectTimeout, requestsPerHost, waitingPerHost, responseHeadBytes, trustStore);
    }

    /** Returns these settings with another time to connect. */
    public OutboundSettings withConnectTimeout(Duration other) {
        return new OutboundSettings(allowed, other, requestsPerHost, waitingPerHost, responseHeadBytes, trustStore);
    }

    /** Returns these settings with other limits for each host. */
    public OutboundSettings withRequestsPerHost(int running, int waiting) {
        return new OutboundSettings(allowed, connectTimeout, running, waiting, responseHeadBytes, trustStore);
    }

    /** Returns these settings with other authorities. */
    public OutboundSettings withTrustStore(@Nullable Path other) {
        return new OutboundSettings(allowed, connectTimeout, requestsPerHost, waitingPerHost, responseHeadBytes, other);
    }
}
