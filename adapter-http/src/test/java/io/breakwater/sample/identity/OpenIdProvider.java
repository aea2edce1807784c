package io.breakwater.sample.identity;

import com.sun.net.httpserver.HttpServer;
import io.breakwater.port.Json;
import io.breakwater.sample.identity.ProviderClients.Client;
import io.breakwater.sample.identity.ProviderGrants.Grant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small OpenID provider on a port of the loopback address: metadata, authorization code with PKCE and automatic
 * consent, refresh, client credentials, registration, client metadata documents, {@code resource} (RFC 8707), scopes as
 * requested, tokens that are bound to the key of a proof (RFC 9449), introspection and a key set. A test rotates its keys and changes its behavior.
 */
public final class OpenIdProvider implements AutoCloseable {
    private final HostileResponses responses = new HostileResponses();
    private final ProviderClients clients = new ProviderClients();
    private final ProviderGrants grants = new ProviderGrants();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final String path;
    private final InstantSource clock;
    private final TokenEndpoint tokens;
    private volatile List<SigningKey> keys;
    private volatile boolean opaque;

    private OpenIdProvider(String path, InstantSource clock, List<SigningKey> keys) throws IOException {
        this.path = path;
        this.clock = clock;
        this.keys = keys;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.tokens = new TokenEndpoint(issuer(), clients, grants, this::accessToken);
        addRoutes();
        server.setExecutor(threads);
        server.start();
    }

    /** Starts a provider with the present time. */
    public static OpenIdProvider start(SigningKey... keys) {
        return start("", InstantSource.system(), keys);
    }

    /**
     * Starts a provider.
     *
     * @param path the path of its issuer, such as {@code /tenant}; empty for none
     * @param keys its keys; it signs with the first one
     */
    public static OpenIdProvider start(String path, InstantSource clock, SigningKey... keys) {
        try {
            return new OpenIdProvider(path, clock, List.of(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addRoutes() {
        route("/.well-known/oauth-authorization-server" + path, request -> responses.send(request, metadata()));
        route(path + "/.well-known/openid-configuration", request -> responses.send(request, metadata()));
        route(path + "/keys", request -> responses.send(request, keySet()));
        route(path + "/authorize", tokens::authorize);
        route(path + "/token", tokens::token);
        route(path + "/register", request -> request.respond(201, clients.register(request.json())));
        route(path + "/introspect", this::introspect);
        route(path + "/client.json", request -> request.respond(200, clientDocument()));
    }

    private void route(String route, Handler handler) {
        server.createContext(route, exchange -> {
            try (exchange) {
                var request = ProviderRequest.of(exchange);
                var exact = exchange.getRequestURI().getPath().equals(route);
                counts.computeIfAbsent(route, key -> new AtomicInteger()).incrementAndGet();
                if (exact) {
                    handler.handle(request);
                } else {
                    request.respond(404, Json.object().build());
                }
            }
        });
    }

    /** Returns the issuer, as in {@code iss}. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Returns the address of a path below the issuer, such as {@code /keys}, {@code /introspect} or {@code /token}. */
    public URI uri(String route) {
        return URI.create(issuer() + route);
    }

    /** Returns the number of requests for a path below the issuer. */
    public int requests(String route) {
        var count = counts.get(path + route);
        return count == null ? 0 : count.get();
    }

    /** Changes how the provider answers from now on. */
    public void behave(ProviderBehavior behavior) {
        responses.behave(behavior);
    }

    /** Replaces all keys; the first one signs. */
    public void rotate(SigningKey... others) {
        keys = List.copyOf(Arrays.asList(others));
    }

    /** Issues opaque access tokens from now on. */
    public void issueOpaqueTokens() {
        opaque = true;
    }

    /** Adds a client with a secret. */
    public void addClient(String id, String secret, String... redirects) {
        clients.add(new Client(id, secret, List.of(redirects)));
    }

    /** Returns a good token for the user {@code alice}; a test may change it before it signs it. */
    public SignedToken token(String audience) {
        return SignedToken.of(issuer(), audience, clock.instant());
    }

    /** Returns an opaque token, for which introspection returns these claims. */
    public String opaqueToken(Json.Obj claims) {
        return grants.opaqueToken(claims);
    }

    /** Introspection no longer knows this token. */
    public void revoke(String token) {
        grants.revoke(token);
    }

    private String accessToken(Grant grant, String keyThumbprint) {
        var token = token(grant.resource().isEmpty() ? issuer() : grant.resource())
                .claim("sub", grant.subject().isEmpty() ? grant.client() : grant.subject())
                .claim("client_id", grant.client())
                .claim("scope", grant.scope())
                .claim("jti", UUID.randomUUID().toString());
        token = keyThumbprint.isEmpty() ? token : token.claim("cnf", DpopProof.confirmation(keyThumbprint));
        return opaque ? grants.opaqueToken(token.claims()) : token.sign(keys.getFirst());
    }

    private void introspect(ProviderRequest request) throws IOException {
        if (clients.authenticate(request.credentials()) == null) {
            request.refuse(401, "invalid_client", "The client is unknown, or its secret is wrong.");
            return;
        }
        var claims = grants.claims(request.parameter("token"));
        var response = Json.object().put("active", claims != null);
        if (claims != null) {
            claims.members().forEach(response::put);
        }
        responses.send(request, response.build());
    }

    private Json keySet() {
        var published = keys.stream().map(SigningKey::published).toArray(Json[]::new);
        return Json.object().put("keys", Json.array(published)).build();
    }

    private Json metadata() {
        boolean wrong = responses.behavior() == ProviderBehavior.WRONG_ISSUER;
        return ProviderMetadata.of(issuer(), wrong ? "https://another.example" : issuer());
    }

    private Json clientDocument() {
        return Json.object()
                .put("client_id", issuer() + "/client.json")
                .put("client_name", "A client with a metadata document")
                .put("redirect_uris", Json.array(Json.of("http://127.0.0.1/callback")))
                .build();
    }

    @Override
    public void close() {
        responses.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Handles a request. */
    private interface Handler {
        void handle(ProviderRequest request) throws IOException;
    }
}
