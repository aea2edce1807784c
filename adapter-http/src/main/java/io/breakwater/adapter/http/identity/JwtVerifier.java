package io.breakwater.adapter.http.identity;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.TokenVerifier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * Verifies signed tokens (JWT, RFC 7519) of one or more issuers as RFC 8725 recommends: the settings of the issuer, and
 * not the token, determine the algorithm and the key.
 */
public final class JwtVerifier implements TokenVerifier {
    private static final NotRecognized OPAQUE = new NotRecognized(
            "The token is not a signed one (JWT), and no issuer with introspection is configured that could know it.");

    private final Map<String, TrustedIssuer> issuers;
    private final List<Dependency> dependencies;

    private JwtVerifier(Map<String, TrustedIssuer> issuers, List<Dependency> dependencies) {
        this.issuers = issuers;
        this.dependencies = dependencies;
    }

    /**
     * Creates a verifier. Published keys are requested when the first token needs them.
     *
     * @param issuers the issuers, whose names must differ
     * @param client sends the requests for keys
     * @param executor runs these requests; its threads may block
     */
    public static JwtVerifier of(
            List<JwtIssuer> issuers,
            KeySetSettings settings,
            OutboundHttpClient client,
            ExecutorService executor,
            InstantSource clock) {
        var dependencies = new ArrayList<Dependency>();
        Function<JwtIssuer, TrustedIssuer> trusted = issuer -> {
            var keys = keys(issuer, settings, client, executor, clock);
            if (keys instanceof IssuerKeys published) {
                dependencies.add(Dependency.optional("issuer " + issuer.issuer(), published::probe));
            }
            return new TrustedIssuer(issuer, keys, clock);
        };
        var byName = issuers.stream().collect(toUnmodifiableMap(JwtIssuer::issuer, trusted));
        return new JwtVerifier(byName, List.copyOf(dependencies));
    }

    /** Returns the issuers that publish their keys, as optional dependencies: whether their keys are available. */
    public List<Dependency> dependencies() {
        return dependencies;
    }

    private static VerificationKeys keys(
            JwtIssuer issuer,
            KeySetSettings settings,
            OutboundHttpClient client,
            ExecutorService executor,
            InstantSource clock) {
        var documents = new IssuerDocuments(client, settings);
        var name = issuer.issuer();
        return switch (issuer.keys()) {
            case KeyLocation.SharedSecret(byte[] secret) -> VerificationKeys.secret(secret);
            case KeyLocation.KeySet(var uri) ->
                new IssuerKeys(new KeySetFetcher(name, documents, () -> uri), settings, executor, clock);
            case KeyLocation.Metadata() -> {
                var metadata = new IssuerMetadata(name, documents);
                yield new IssuerKeys(new KeySetFetcher(name, documents, metadata::keySet), settings, executor, clock);
            }
        };
    }

    private NotRecognized unknownIssuer(CompactToken token) {
        return new NotRecognized("The issuer of the token (iss) is "
                + ClaimText.of(token.claims().get("iss")) + ", but this server accepts "
                + ClaimText.of(issuers.keySet())
                + ".");
    }

    @Override
    public Inspection inspect(String token) {
        if (!CompactToken.hasShape(token)) {
            return OPAQUE;
        }
        try {
            var parsed = CompactToken.parse(token);
            var claimed = parsed.claims().text("iss");
            var issuer = claimed == null ? null : issuers.get(claimed);
            return issuer == null ? unknownIssuer(parsed) : issuer.inspect(token, parsed);
        } catch (InvalidTokenException e) {
            return e.rejected();
        }
    }
}
