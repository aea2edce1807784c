package io.breakwater.bootstrap.endtoend;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.http.identity.JwtIssuer;
import io.breakwater.adapter.http.identity.JwtVerifier;
import io.breakwater.adapter.http.identity.KeySetSettings;
import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.bootstrap.account.SignedTokenIssuer;
import io.breakwater.bootstrap.apikey.ApiKeysFile;
import io.breakwater.port.Principal;
import io.breakwater.port.RateLimit;
import io.breakwater.port.SettingNames;
import io.breakwater.port.memory.FastPasswordHasher;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryAccounts;
import io.breakwater.port.memory.MemoryLoginFailures;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.StandardAuthentication;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ProtectedResource;
import io.breakwater.server.settings.RateLimitSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * An embedded server that requires a credential: API keys of a file, tokens of an OpenID provider, and tokens of the tool
 * {@code login}. Every caller needs the scope {@value #SCOPE}, and {@code get_metrics} the scope {@value #FURTHER_SCOPE}.
 */
final class GuardedServer implements AutoCloseable {
    static final String SCOPE = "mcp:read";
    static final String FURTHER_SCOPE = "metrics:read";

    private static final String LOCAL_ISSUER = "guarded";
    private static final byte[] SECRET = new SecureRandom().generateSeed(48);
    private static final AccessRules RULES = AccessRules.of(
            AccessRule.allow("read")
                    .onTools("health_check", "check_dependencies")
                    .onResources("*")
                    .onPrompts("*")
                    .forScopes(SCOPE),
            AccessRule.allow("metrics").onTools("get_metrics").forScopes(SCOPE, FURTHER_SCOPE),
            AccessRule.allow("local accounts")
                    .onTools("health_check", "get_metrics")
                    .forRoles("operator"),
            AccessRule.allow("login").onTools("login"));

    /** Tests call until a credential has ended, as fast as they can. */
    private static final RateLimitSettings RATE_LIMITS = RateLimitSettings.STANDARD
            .withPrincipalTool(RateLimit.perSecond(100_000))
            .withPrincipal(RateLimit.perSecond(100_000));

    private final List<Runnable> cleanup = new ArrayList<>();
    private final MemoryAccounts accounts = new MemoryAccounts(new SimulatedLink());
    private final FastPasswordHasher hasher = new FastPasswordHasher();
    private final InstantSource clock;
    private final OpenIdProvider provider;
    private final String url;

    private GuardedServer(OpenIdProvider provider, Path keys, boolean withLogin, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
        int port = freePort();
        this.url = "http://127.0.0.1:" + port + "/mcp";
        var server = withLogin ? withLogin(keys) : withoutLogin(keys);
        cleanup.add(server::close);
        server.serve(HttpTransport.on("127.0.0.1", port));
    }

    /** Starts a server that challenges callers without a credential. */
    static GuardedServer start(OpenIdProvider provider, Path keys) {
        return new GuardedServer(provider, keys, false, InstantSource.system());
    }

    /** Starts a server with a clock that the test moves. */
    static GuardedServer start(OpenIdProvider provider, Path keys, InstantSource clock) {
        return new GuardedServer(provider, keys, false, clock);
    }

    /** Starts a server where callers without a credential can call {@code login}. */
    static GuardedServer startWithLogin(OpenIdProvider provider, Path keys) {
        return new GuardedServer(provider, keys, true, InstantSource.system());
    }

    /** Returns a port that was free a moment ago. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Breakwater withoutLogin(Path keys) {
        return Breakwater.named("guarded")
                .executors(new ExecutorsWithClock(clock))
                .pack(new BuiltInPack.SystemInfo(null))
                .accessRules(RULES)
                .rateLimits(RATE_LIMITS)
                .authentication(authentication(keys))
                .build();
    }

    private Breakwater withLogin(Path keys) {
        var login = new BuiltInPack.Auth(
                accounts,
                new MemoryLoginFailures(new SimulatedLink()),
                hasher,
                new SignedTokenIssuer(SECRET, LOCAL_ISSUER, url, clock),
                Duration.ofHours(1));
        return Breakwater.named("guarded")
                .pack(new BuiltInPack.SystemInfo(null))
                .pack(login)
                .accessRules(RULES)
                .rateLimits(RATE_LIMITS)
                .authentication(authentication(keys).withAnonymousPrincipal(Principal.ANONYMOUS))
                .build();
    }

    private StandardAuthentication authentication(Path keys) {
        var client = OutboundHttpClient.with(
                OutboundSettings.defaults().withAllowed(List.of("127.0.0.1")), SettingNames.JAVA);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var apiKeys = ApiKeysFile.open(keys);
        Collections.addAll(cleanup, client::close, threads::close, apiKeys::close);
        var issuers = List.of(
                JwtIssuer.withMetadata(provider.issuer(), url), JwtIssuer.withSecret(LOCAL_ISSUER, url, SECRET));
        return StandardAuthentication.of(apiKeys)
                .withVerifier(JwtVerifier.of(issuers, KeySetSettings.DEFAULT, client, threads, clock))
                .withResource(new ProtectedResource(url, List.of(provider.issuer()), List.of(SCOPE)));
    }

    /** Creates an account with the role {@code operator}. */
    void createAccount(String name, String password) {
        var context = ManualCallContext.unhurried();
        var unused = accounts.create(name, hasher.hash(password, context), Set.of("operator"), context);
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        cleanup.reversed().forEach(Runnable::run);
    }
}
