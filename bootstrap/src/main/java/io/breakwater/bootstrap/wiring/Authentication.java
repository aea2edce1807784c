package io.breakwater.bootstrap.wiring;

import static java.util.Objects.requireNonNull;

import io.breakwater.adapter.http.identity.DpopVerifier;
import io.breakwater.adapter.http.identity.IntrospectionVerifier;
import io.breakwater.adapter.http.identity.JwtVerifier;
import io.breakwater.adapter.http.identity.KeySetSettings;
import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.bootstrap.apikey.ConfiguredApiKeys;
import io.breakwater.bootstrap.apikey.KeyRights;
import io.breakwater.bootstrap.apikey.KeysFileWatch;
import io.breakwater.bootstrap.config.AuthSettings;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.IssuerSettings;
import io.breakwater.bootstrap.config.SecretValue;
import io.breakwater.port.Principal;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.DpopSettings;
import io.breakwater.server.StandardAuthentication;
import io.breakwater.server.settings.ProtectedResource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The authentication of the server: API keys, and tokens of the configured issuers. */
@OutageBehavior(
        guard = "API keys",
        dependency = GuardDependency.KEYS_FILE,
        failure = "missing at the start, named by a setting",
        effect = OutageEffect.DENY,
        behavior = "Callers must authenticate, and no API key is accepted.",
        recovery = "Put the file in place; the server reads it within a second.",
        signal = "`mcp_auth_failures_total{reason=\"unknown_key\"}`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "API keys",
        dependency = GuardDependency.KEYS_FILE,
        failure = "missing at the start, not named by a setting",
        effect = OutageEffect.ALLOW,
        behavior =
                "Without any credential in the configuration, the server requires none: it cannot distinguish this from "
                        + "a first start. It then listens on 127.0.0.1 only and refuses other addresses. `auth.enabled: true` "
                        + "prevents it.",
        recovery = "Put the file in place and restart the server.",
        signal = "log line at the start about who may call",
        details = "security.md#when-something-that-authentication-needs-fails")
@Singleton
final class Authentication {
    private final BreakwaterSettings settings;
    private final AuthSettings auth;
    private final Optional<PostgresStore> store;
    private final OutboundConnections connections;
    private @Nullable CallerReport report;

    @Inject
    Authentication(BreakwaterSettings settings, Optional<PostgresStore> store, OutboundConnections connections) {
        this.settings = settings;
        this.auth = settings.auth();
        this.store = store;
        this.connections = connections;
    }

    /** Switches authentication on, if the configuration says so. */
    void addTo(BreakwaterBuilder builder) {
        boolean keysFileExists = mayExist(auth.apiKeys().file());
        if (!auth.isEnabled(keysFileExists)) {
            report = CallerReport.open(settings, keysFileExists);
            watchKeysFile(builder, keysFileExists);
            return;
        }
        var keys = apiKeys();
        report = CallerReport.guarded(settings, keysFileExists, keys.countInFile());
        builder.onClose(keys).authentication(withLogin(standard(builder, keys)));
        store.ifPresent(opened -> builder.revocations(opened.revocations(), auth.localIssuer()));
        Optional.ofNullable(settings.store().settings())
                .ifPresent(opened -> builder.revocationsTimeout(opened.pool().acquireTimeout()));
    }

    /** Whether the file, or a link in its place, exists, or this process has no right to know. */
    private static boolean mayExist(Path file) {
        return !Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns how callers authenticate, after {@link #addTo}. */
    CallerReport report() {
        return requireNonNull(report, "The server has not been built.");
    }

    /** An API key that an operator creates now has no effect before the next start. */
    private void watchKeysFile(BreakwaterBuilder builder, boolean exists) {
        if (!exists && auth.enabled() == null) {
            builder.onClose(KeysFileWatch.begin(auth.apiKeys().file()));
        }
    }

    /** Lets callers without a credential reach the tool {@code login}, if it is switched on. */
    private StandardAuthentication withLogin(StandardAuthentication authentication) {
        return settings.packs().auth() && store.isPresent() ? authentication.withPublicTools("login") : authentication;
    }

    private ConfiguredApiKeys apiKeys() {
        var configured = auth.apiKeys();
        return ConfiguredApiKeys.open(
                configured.file(),
                revealed(configured.single()),
                new KeyRights(configured.roles(), configured.scopes(), ""));
    }

    private StandardAuthentication standard(BreakwaterBuilder builder, ConfiguredApiKeys keys) {
        var local = auth.local();
        var authentication = StandardAuthentication.of(keys)
                .withCredential(revealed(local.credential()))
                .withLocalPrincipal(Principal.of("local")
                        .withRoles(Set.copyOf(local.roles()))
                        .withScopes(Set.copyOf(local.scopes())));
        return auth.jwt() == null && auth.issuers().isEmpty() ? authentication : withTokens(builder, authentication);
    }

    private StandardAuthentication withTokens(BreakwaterBuilder builder, StandardAuthentication authentication) {
        var client = connections.client(builder);
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        builder.onClose(executor);
        var clock = InstantSource.system();
        var issuers = TokenIssuers.of(auth);
        var signed = JwtVerifier.of(issuers.signed(), KeySetSettings.DEFAULT, client, executor, clock);
        signed.dependencies().forEach(builder::dependency);
        var result = authentication.withVerifier(signed);
        for (var introspected : issuers.introspected()) {
            var opaque = IntrospectionVerifier.of(introspected, client, clock);
            builder.dependency(opaque.dependency());
            result = result.withVerifier(opaque);
        }
        var resource = resource();
        return resource == null ? result : result.withResource(resource).withDpop(dpop(DpopVerifier.of(clock)));
    }

    private @Nullable DpopSettings dpop(DpopVerifier verifier) {
        return switch (auth.accept()) {
            case BEARER -> null;
            case DPOP -> DpopSettings.required(verifier);
            case BOTH -> DpopSettings.optional(verifier);
        };
    }

    /** Returns null if there is no issuer that clients can find. */
    private @Nullable ProtectedResource resource() {
        List<String> servers = auth.issuers().stream()
                .filter(IssuerSettings::isUrl)
                .map(IssuerSettings::issuer)
                .toList();
        return servers.isEmpty() ? null : new ProtectedResource(auth.publicUrl(), servers, auth.scopes());
    }

    private static @Nullable String revealed(@Nullable SecretValue secret) {
        return secret == null ? null : secret.reveal();
    }
}
