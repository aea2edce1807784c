package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundRequest;
import io.breakwater.adapter.http.outbound.ResponseLimits;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.driven.TokenVerifier.Verification;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an issuer about opaque tokens (RFC 7662), and checks what it says. */
final class IntrospectionClient {
    private static final Logger LOG = LoggerFactory.getLogger(IntrospectionClient.class);
    private static final int MAX_RESPONSE_BYTES = 16 << 10;
    private static final int UNAUTHORIZED = 401;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final String BOUND = "dpop";

    /** The standard values, and one that some issuers use. */
    private static final Set<String> ACCESS_TYPES = Set.of("bearer", BOUND, "access_token");

    private static final Set<String> ACCESS_USES = Set.of("access_token", "access");

    private final IntrospectionSettings settings;
    private final OutboundHttpClient client;
    private final InstantSource clock;
    private final ClaimsCheck claims;
    private final PrincipalMapper mapper;
    private volatile @Nullable String failure;

    IntrospectionClient(IntrospectionSettings settings, OutboundHttpClient client, InstantSource clock) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
        this.claims = new ClaimsCheck(settings.audiences(), settings.clockSkew());
        this.mapper = new PrincipalMapper(settings.claims());
    }

    Verification introspect(String token, CallContext context) {
        try {
            var begin = clock.instant();
            var response = response(token, context);
            reportSuccess();
            return valid(response, begin);
        } catch (InvalidTokenException e) {
            return e.rejected();
        } catch (PortException.DeadlineExceededException e) {
            return new Unavailable(
                    "The introspection endpoint of " + settings.issuer() + " did not answer in time.", RETRY);
        } catch (PortException e) {
            var reason = IssuerFailure.reason(e);
            reportFailure(reason);
            return new Unavailable(unavailable(reason), RETRY);
        }
    }

    private Json.Obj response(String token, CallContext context) {
        var limits = new ResponseLimits(MAX_RESPONSE_BYTES, settings.cache().timeout());
        var response = client.send(request(token), limits, context);
        if (response.status() == UNAUTHORIZED) {
            throw new PortException.UnavailableException(
                    settings.endpoint() + " answered 401: check client-id and client-secret.", null, null);
        }
        return IssuerDocuments.json(response, settings.endpoint()) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    private OutboundRequest request(String token) {
        var body = "token=" + URLEncoder.encode(token, UTF_8) + "&token_type_hint=access_token";
        var fields = Map.of(
                "Authorization", credentials(),
                "Accept", "application/json",
                "Content-Type", "application/x-www-form-urlencoded");
        return new OutboundRequest("POST", settings.endpoint(), fields, body.getBytes(UTF_8));
    }

    /** RFC 6749 section 2.3.1: both parts are form-encoded first. */
    private String credentials() {
        var pair =
                URLEncoder.encode(settings.clientId(), UTF_8) + ":" + URLEncoder.encode(settings.clientSecret(), UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    /** The time for which the response counts begins before the request: a later revocation may not be in it. */
    private Valid valid(Json.Obj response, Instant begin) throws InvalidTokenException {
        check(response.get("active") == Json.Bool.TRUE, "The issuer does not know the token, or it is not active.");
        check(
                !response.has("iss") || settings.issuer().equals(response.text("iss")),
                "The token is from another issuer.");
        check(isAccessToken(response), "The token is not an access token that is sent as Bearer.");
        if (settings.audienceRequired() || response.has("aud")) {
            claims.checkAudience(response);
        }
        var now = clock.instant();
        var expires = claims.expiry(response, now.plus(settings.cache().valid()).plusMillis(1), now);
        var principal = mapper.principal(settings.issuer(), response);
        var verifyAgain = begin.plus(settings.cache().valid());
        var thumbprint = Confirmation.keyThumbprint(response);
        check(
                thumbprint != null || !BOUND.equalsIgnoreCase(response.text("token_type")),
                "The token is bound to a key, but the response does not name the key (cnf).");
        return new Valid(principal, expires, mapper.tokenId(response), verifyAgain, thumbprint);
    }

    /** Issuers also know refresh tokens. */
    private static boolean isAccessToken(Json.Obj response) {
        return isOneOf(ACCESS_TYPES, response, "token_type") && isOneOf(ACCESS_USES, response, "token_use");
    }

    private static boolean isOneOf(Set<String> accepted, Json.Obj response, String member) {
        var value = response.text(member);
        return !response.has(member) || (value != null && accepted.contains(value.toLowerCase(Locale.ROOT)));
    }

    private void reportSuccess() {
        if (failure != null) {
            failure = null;
            LOG.info("The introspection endpoint of {} is available again.", settings.issuer());
        }
    }

    private void reportFailure(String reason) {
        if (failure == null) {
            LOG.warn(unavailable(reason));
        }
        failure = reason;
    }

    private String unavailable(String reason) {
        return "The introspection endpoint of " + settings.issuer() + " is not available. " + reason;
    }

    /**
     * Reports whether the latest request succeeded, without a request.
     *
     * @throws PortException.UnavailableException when it failed
     */
    void probe() {
        var latest = failure;
        if (latest != null) {
            throw new PortException.UnavailableException(unavailable(latest), RETRY, null);
        }
    }
}
