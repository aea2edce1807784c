package io.breakwater.adapter.http.identity;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Verifies opaque tokens: each verification asks their issuer (RFC 7662), and its result says how long it may be used.
 * The caller of this verifier stores the result for that time, as the standard authentication of a server does.
 */
@OutageBehavior(
        guard = "opaque tokens",
        dependency = GuardDependency.INTROSPECTION,
        failure = "down",
        effect = OutageEffect.DENY,
        behavior = "A token is accepted for up to a minute after the last response about it. All other tokens get 503.",
        recovery = "Tokens are accepted when the endpoint answers again.",
        signal = "health cause `introspection <name>`; `mcp_auth_failures_total{reason=\"unavailable\"}`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "opaque tokens",
        dependency = GuardDependency.INTROSPECTION,
        failure = "slow",
        effect = OutageEffect.DENY,
        behavior = "A token gets 503 when its time is over. All calls with one token share one request.",
        recovery = "Tokens are accepted when the endpoint answers in time.",
        signal = "`mcp_auth_failures_total{reason=\"unavailable\"}`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "opaque tokens",
        dependency = GuardDependency.INTROSPECTION,
        failure = "responding with errors or garbage",
        effect = OutageEffect.DENY,
        behavior =
                "Tokens get 503, and a response that the credentials of this server are wrong is not the fault of the "
                        + "token.",
        recovery = "The next usable response counts.",
        signal = "health cause `introspection <name>`, with the reason",
        details = "security.md#when-something-that-authentication-needs-fails")
public final class IntrospectionVerifier implements TokenVerifier {
    /** The syntax of bearer tokens (RFC 6750 section 2.1). */
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final IntrospectionSettings settings;
    private final IntrospectionClient client;

    private IntrospectionVerifier(IntrospectionSettings settings, IntrospectionClient client) {
        this.settings = settings;
        this.client = client;
    }

    /**
     * Creates a verifier.
     *
     * @param client sends the requests to the issuer
     */
    public static IntrospectionVerifier of(
            IntrospectionSettings settings, OutboundHttpClient client, InstantSource clock) {
        return new IntrospectionVerifier(settings, new IntrospectionClient(settings, client, clock));
    }

    /** Returns the introspection endpoint as an optional dependency: whether its latest response was usable. */
    public Dependency dependency() {
        return Dependency.optional("introspection " + settings.issuer(), context -> client.probe());
    }

    @Override
    public Inspection inspect(String token) {
        boolean isOurs = token.length() <= CompactToken.MAX_LENGTH
                && (settings.signedTokens() || !CompactToken.hasShape(token))
                && SYNTAX.matcher(token).matches();
        return isOurs ? (Candidate) context -> client.introspect(token, context) : new NotRecognized();
    }
}
