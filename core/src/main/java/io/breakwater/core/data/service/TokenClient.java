package io.breakwater.core.data.service;

import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.server.settings.ServiceCredentials.TokenEndpoint;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests access tokens from the token endpoint of an authorization server (RFC 6749 section 5). */
final class TokenClient {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.services");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(1);
    private static final long MAX_LIFETIME_SECONDS = 86_400;
    private static final int MAX_BODY = 64 * 1024;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,16384}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final String service;
    private final TokenEndpoint endpoint;
    private final ServiceTransport transport;

    TokenClient(String service, TokenEndpoint endpoint, ServiceTransport transport) {
        this.service = service;
        this.endpoint = endpoint;
        this.transport = transport;
    }

    /**
     * A token and its lifetime from now on.
     *
     * @param value a secret
     */
    record Issued(String value, Duration lifetime) {
        @Override
        public String toString() {
            return "a token for " + lifetime;
        }
    }

    /**
     * Requests a token.
     *
     * @param parameters the parameters of the grant; scope and audience come from the settings
     * @throws RefusedException when the authorization server refuses the grant
     */
    Issued request(Map<String, String> parameters) {
        var form = new LinkedHashMap<>(parameters);
        if (!endpoint.scopes().isEmpty()) {
            form.put("scope", String.join(" ", endpoint.scopes()));
        }
        if (endpoint.audience() != null) {
            form.put("audience", endpoint.audience());
        }
        var outcome = send(form);
        return switch (outcome) {
            case ServiceOutcome.Response response -> issued(response);
            case ServiceOutcome.NotDelivered(var message, var retryAfter) -> throw silent(message);
            case ServiceOutcome.Unconfirmed(var message, var timedOut) -> throw silent(message);
        };
    }

    private ServiceOutcome send(Map<String, String> form) {
        var origin = endpoint.origin();
        var basic = FixedCredentials.basic(
                encoded(endpoint.clientId()), encoded(endpoint.clientSecret().reveal()));
        var request = new ServiceRequest(
                "POST",
                endpoint.target(),
                Map.of("authorization", basic, "accept", "application/json"),
                "application/x-www-form-urlencoded",
                form.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))
                        .getBytes(StandardCharsets.US_ASCII),
                null);
        try {
            return transport.send(
                    request,
                    Endpoint.written(origin.tls(), origin.host(), origin.port()),
                    new Limits(TIMEOUT, MAX_BODY, true),
                    new BackgroundContext("service-token", TIMEOUT));
        } catch (PortException refused) {
            throw unavailable("cannot be used", refused);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Issued issued(ServiceOutcome.Response response) {
        var body = body(response);
        if (response.status() == 400 && !"invalid_client".equals(body.text("error"))) {
            throw new RefusedException(
                    RefusedException.Reason.FORBIDDEN,
                    "The authorization server of " + service + " issues no token for this call.",
                    null);
        }
        var token = body.text("access_token");
        if (response.status() != 200
                || token == null
                || !TOKEN.matcher(token).matches()
                || !"bearer".equalsIgnoreCase(body.text("token_type"))) {
            throw unavailable("responded with the status " + response.status() + " and no usable token", null);
        }
        return new Issued(token, lifetime(body.get("expires_in")));
    }

    private Json.Obj body(ServiceOutcome.Response response) {
        try {
            return Json.parse(new String(response.body(), StandardCharsets.UTF_8)) instanceof Json.Obj object
                    ? object
                    : Json.Obj.EMPTY;
        } catch (JsonSyntaxException malformed) {
            return Json.Obj.EMPTY;
        }
    }

    private static Duration lifetime(@Nullable Json seconds) {
        var text = seconds instanceof Json.Text quoted ? quoted.value() : String.valueOf(seconds);
        return SECONDS.matcher(text).matches()
                ? Duration.ofSeconds(Math.min(Long.parseLong(text), MAX_LIFETIME_SECONDS))
                : DEFAULT_LIFETIME;
    }

    private UnavailableException silent(String reason) {
        return unavailable("does not respond", new IOException(reason));
    }

    /** The log names the endpoint, and callers do not see it. */
    private UnavailableException unavailable(String what, @Nullable Throwable cause) {
        var reason = cause == null ? "" : " " + cause.getMessage();
        LOG.warn(
                "The server cannot authenticate to {}: the token endpoint {} {}.{}",
                service,
                endpoint.origin(),
                what,
                reason);
        return new UnavailableException(
                "The server cannot authenticate to " + service + ": the token endpoint " + what + ".",
                RETRY_AFTER,
                cause);
    }
}
