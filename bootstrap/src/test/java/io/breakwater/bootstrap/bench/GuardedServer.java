package io.breakwater.bootstrap.bench;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.http.identity.JwtIssuer;
import io.breakwater.adapter.http.identity.JwtVerifier;
import io.breakwater.adapter.http.identity.KeySetSettings;
import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.bootstrap.audit.CheckpointCopies;
import io.breakwater.bootstrap.audit.FileAuditLog;
import io.breakwater.bootstrap.audit.FileAuditSettings;
import io.breakwater.bootstrap.config.LogSettings;
import io.breakwater.bootstrap.console.Terminal;
import io.breakwater.bootstrap.logging.Logging;
import io.breakwater.bootstrap.management.MetricsPage;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.RateLimit;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SigningKey;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.StandardAuthentication;
import io.breakwater.server.interceptor.RequestLogging;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.AuditFailurePolicy;
import io.breakwater.server.settings.RateLimitSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * The server of {@link EchoServer} with a {@link Guard}: {@code GuardedServer PORT FILE GUARD}. It writes a credential to
 * the file, an API key or an ES256 token; the audit log is in the folder beside it whose name also ends in {@code .audit}.
 */
public final class GuardedServer {
    private static final String AUDIENCE = "http://127.0.0.1/mcp";
    private static final ApiKeyFormat.KeyParts KEY = ApiKeyFormat.generate();
    private static final ApiKey STORED = new ApiKey(
            KEY.id(),
            Principal.of("load").withRoles(Set.of("analyst")).withScopes(Set.of("read")),
            List.of(new SecretDigest(ApiKeyFormat.digest(KEY.secret()), null)),
            null);
    private static final int FURTHER_RULES = 8;

    /** So high that no load reaches it; the limiter counts every call as usual. */
    private static final RateLimitSettings RATE_LIMITS = RateLimitSettings.STANDARD
            .withPrincipalTool(RateLimit.perSecond(1_000_000))
            .withPrincipal(RateLimit.perSecond(1_000_000));

    private static final LogSettings LOG =
            new LogSettings(LogSettings.Level.INFO, LogSettings.Format.JSON, null, null, RequestLogging.SAMPLED);

    private GuardedServer() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) throws IOException {
        var guard = Guard.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        Files.writeString(Path.of(arguments[1]), credential(guard));
        server(guard, Path.of(arguments[1] + ".audit"))
                .serve(HttpTransport.on("127.0.0.1", Integer.parseInt(arguments[0])));
    }

    /**
     * Returns the server.
     *
     * @param folder the folder for the audit log
     */
    public static Breakwater server(Guard guard, Path folder) {
        var builder = EchoServer.builder().authentication(authentication(guard)).accessRules(rules());
        return switch (guard) {
            case KEY, TOKEN -> builder.rateLimits(RATE_LIMITS).build();
            case WHOLE -> whole(builder).build();
            case AUDITED -> audited(whole(builder), folder).build();
        };
    }

    private static StandardAuthentication authentication(Guard guard) {
        return guard == Guard.TOKEN
                ? StandardAuthentication.of(ApiKeys.NONE).withVerifier(TokenSide.verifier())
                : StandardAuthentication.of(GuardedServer::find);
    }

    /** Concurrency limits and a deadline are on in every server. */
    private static BreakwaterBuilder whole(BreakwaterBuilder builder) {
        Logging.begin(LOG, new FileOutputStream(FileDescriptor.err), Terminal.NONE);
        return builder.requestLogging(LOG.requests())
                .meterRegistry(new MetricsPage(false).registry())
                .rateLimits(RATE_LIMITS
                        .withTool(RateLimit.perSecond(1_000_000))
                        .withGlobal(RateLimit.perSecond(1_000_000)));
    }

    private static BreakwaterBuilder audited(BreakwaterBuilder builder, Path folder) {
        var log = FileAuditLog.open(
                new FileAuditSettings(folder, null, "bench", null, Duration.ofMinutes(1)), CheckpointCopies.NONE);
        return builder.auditLog(log, AuditFailurePolicy.DENY_WRITES).onClose(log);
    }

    /** Returns a credential that the server accepts. */
    public static String credential(Guard guard) {
        return guard == Guard.TOKEN ? TokenSide.token() : KEY.reveal();
    }

    private static Optional<ApiKey> find(String id) {
        return id.equals(KEY.id()) ? Optional.of(STORED) : Optional.empty();
    }

    /** One rule allows the call and one denies others; the rest is about other tools. */
    private static AccessRules rules() {
        var rules = new AccessRule[FURTHER_RULES + 2];
        for (int i = 0; i < FURTHER_RULES; i++) {
            rules[i] = AccessRule.allow("rule " + i).onTools("tool_" + i + "_*").forRoles("role-" + i);
        }
        rules[FURTHER_RULES] = AccessRule.allow("analysts echo")
                .onTools("echo*")
                .forRoles("analyst")
                .forScopes("read");
        rules[FURTHER_RULES + 1] = AccessRule.deny("no guests").onTools("*").forClaim("guest", Json.of(true));
        return AccessRules.of(rules);
    }

    /** The issuer of the token, in this process. It has nothing to do after the first call. */
    private static final class TokenSide {
        private static final SigningKey SIGNER = SigningKey.generate("key-1", "ES256");
        private static final OpenIdProvider PROVIDER = OpenIdProvider.start(SIGNER);

        private TokenSide() {}

        static String token() {
            return PROVIDER.token(AUDIENCE).sign(SIGNER);
        }

        static TokenVerifier verifier() {
            var client = OutboundHttpClient.with(
                    OutboundSettings.defaults().withAllowed(List.of("127.0.0.1")), SettingNames.JAVA);
            return JwtVerifier.of(
                    List.of(JwtIssuer.withKeySet(PROVIDER.issuer(), AUDIENCE, PROVIDER.uri("/keys"))),
                    KeySetSettings.DEFAULT,
                    client,
                    Executors.newVirtualThreadPerTaskExecutor(),
                    InstantSource.system());
        }
    }
}
