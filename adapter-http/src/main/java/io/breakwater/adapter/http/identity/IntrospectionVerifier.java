package io.breakwater.adapter.http.identity;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.TokenVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Verifies opaque tokens: it asks their issuer (RFC 7662), and stores the responses for a short time. Concurrent calls
 * with one token share one request. While the issuer cannot be reached, only tokens with a stored response are accepted.
 */
public final class IntrospectionVerifier implements TokenVerifier {
    private static final int MAX_LENGTH = 8 << 10;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** The syntax of bearer tokens (RFC 6750 section 2.1). */
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final ConcurrentMap<TokenDigest, CompletableFuture<Verification>> running = new ConcurrentHashMap<>();
    private final IntrospectionSettings settings;
    private final IntrospectionClient client;
    private final IntrospectionCache cache;
    private final ExecutorService executor;

    private IntrospectionVerifier(
            IntrospectionSettings settings,
            IntrospectionClient client,
            IntrospectionCache cache,
            ExecutorService executor) {
        this.settings = settings;
        this.client = client;
        this.cache = cache;
        this.executor = executor;
    }

    /**
     * Creates a verifier.
     *
     * @param client sends the requests to the issuer
     * @param executor runs these requests; its threads may block
     */
    public static IntrospectionVerifier of(
            IntrospectionSettings settings, OutboundHttpClient client, ExecutorService executor, InstantSource clock) {
        return new IntrospectionVerifier(
                settings,
                new IntrospectionClient(settings, client, clock),
                new IntrospectionCache(settings.cache(), clock),
                executor);
    }

    @Override
    public Inspection inspect(String token) {
        boolean isOurs = token.length() <= MAX_LENGTH
                && (settings.signedTokens() || !CompactToken.hasShape(token))
                && SYNTAX.matcher(token).matches();
        if (!isOurs) {
            return new NotRecognized();
        }
        var digest = TokenDigest.of(token);
        return cache.find(digest) instanceof Rejected rejected ? rejected : new OpaqueToken(token, digest);
    }

    private CompletableFuture<Verification> introspect(String token, TokenDigest digest) {
        var request = new CompletableFuture<Verification>();
        var present = running.putIfAbsent(digest, request);
        if (present != null) {
            return present;
        }
        executor.execute(() -> complete(request, token, digest));
        return request;
    }

    /** Ends the request before its callers continue: a later call must not get a result that has expired meanwhile. */
    private void complete(CompletableFuture<Verification> request, String token, TokenDigest digest) {
        try {
            var stored = cache.find(digest);
            var result = stored != null ? stored : introspectAndStore(token, digest);
            running.remove(digest, request);
            request.complete(result);
        } catch (RuntimeException e) {
            running.remove(digest, request);
            request.completeExceptionally(e);
        }
    }

    private Verification introspectAndStore(String token, TokenDigest digest) {
        var result = client.introspect(token);
        cache.put(digest, result);
        return result;
    }

    /** A token that the issuer may know. */
    private final class OpaqueToken implements Candidate {
        private final String token;
        private final TokenDigest digest;

        OpaqueToken(String token, TokenDigest digest) {
            this.token = token;
            this.digest = digest;
        }

        @Override
        public Verification verify(CallContext context) {
            var stored = cache.find(digest);
            return stored != null ? stored : await(introspect(token, digest), context);
        }

        private static Verification await(CompletableFuture<Verification> request, CallContext context) {
            try {
                return request.get(context.remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // The result is not known in time.
            }
            return new Unavailable("The introspection endpoint of the issuer did not answer in time.", RETRY);
        }
    }
}
