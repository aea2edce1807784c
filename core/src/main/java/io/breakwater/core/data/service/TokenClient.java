package io.breakwater.core.data.service;

import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.server.settings.ServiceCredentials.TokenEndpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests access tokens from the token endpoint of an authorization server (RFC 6749 section 5). */
final class TokenClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(1);
    private static final long MAX_LIFETIME_SECONDS = 86_400;
    private static final int MAX_BODY = 64 * 1024;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,16384}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** The codes of RFC 6749 section 5.2 and its extensions, without the characters that none of them has. */
    private static final Pattern ERROR = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** What the token of a caller cannot be the reason for. */
    private static final Set<String> ERRORS_OF_SERVER = Set.of("invalid_client", "unsupported_grant_type");

    private static final String CALLERS_TOKEN = "subject_token";

    private final String service;
    private final TokenEndpoint endpoint;
    private final ServiceTransport transport;
    private final TokenOutage outage;
    private final LongSupplier nanos;

    TokenClient(
            String service,
            TokenEndpoint endpoint,
            ServiceTransport transport,
            CheckSignal signal,
            LongSupplier nanos) {
        this.service = service;
        this.endpoint = endpoint;
        this.transport = transport;
        this.outage = new TokenOutage(service, signal, nanos);
        this.nanos = nanos;
    }

    /** Returns why no tokens are issued at present, for operators; null if they are. */
    @Nullable
    String problem() {
        return outage.problem();
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
        outage.begin(TIMEOUT);
        long start = nanos.getAsLong();
        return switch (send(form)) {
            case ServiceOutcome.Response response -> issued(response, parameters.get(CALLERS_TOKEN));
            case ServiceOutcome.NotDelivered(var message, var retryAfter) -> throw silent(message, start);
            case ServiceOutcome.Unconfirmed(var message, var timedOut) -> throw silent(message, start);
        };
    }

    private UnavailableException silent(String reason, long start) {
        return outage.silent(reason, Duration.ofNanos(nanos.getAsLong() - start));
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
            throw outage.failed("cannot be used", "its token endpoint cannot be used: " + refused.getMessage(), null);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Issued issued(ServiceOutcome.Response response, @Nullable String callersToken) {
        var body = body(response);
        var token = body.text("access_token");
        if (response.status() == 200
                && token != null
                && TOKEN.matcher(token).matches()
                && "bearer".equalsIgnoreCase(body.text("token_type"))) {
            outage.ended();
            return new Issued(checked(token, callersToken), lifetime(body.get("expires_in")));
        }
        var error = body.text("error");
        var code = error != null && ERROR.matcher(error).matches() ? error : null;
        if (response.status() == 400 && callersToken != null && (code == null || !ERRORS_OF_SERVER.contains(code))) {
            outage.ended();
            throw forbidden("issues no token for this call" + (code == null ? "" : " (" + code + ")"));
        }
        throw unusable(response.status(), code);
    }

    /** An endpoint that returns the token it got would make the server pass on the caller's own. */
    private String checked(String token, @Nullable String callersToken) {
        if (token.equals(callersToken)) {
            throw forbidden("returned the caller's own token, which is for this server only");
        }
        return token;
    }

    private RefusedException forbidden(String what) {
        return new RefusedException(
                RefusedException.Reason.FORBIDDEN, "The authorization server of " + service + " " + what + ".", null);
    }

    private UnavailableException unusable(int status, @Nullable String code) {
        var what = "responded with the status " + status
                + (code == null ? " and no usable token" : " and the error " + code);
        var reason = "its token endpoint " + endpoint.origin() + " " + what + ".";
        return outage.failed(what, reason, status >= 500 ? RETRY_AFTER : null);
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
}
