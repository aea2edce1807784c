package io.breakwater.server;

import io.breakwater.core.business.authentication.CredentialCheck;
import io.breakwater.core.business.authentication.FailureListener;
import io.breakwater.core.business.authentication.FailureMetrics;
import io.breakwater.core.business.authentication.ProofServices;
import io.breakwater.core.business.authentication.TokenServices;
import io.breakwater.core.business.authentication.TokenSources;
import io.breakwater.core.business.authentication.VerificationMetrics;
import io.breakwater.core.business.authorization.PublicTools;
import io.breakwater.core.data.authentication.AuthenticationLog;
import io.breakwater.core.data.authentication.FailureCounters;
import io.breakwater.core.data.authentication.FailureLimit;
import io.breakwater.core.data.authentication.ProofMemory;
import io.breakwater.core.data.authentication.RevocationList;
import io.breakwater.core.data.authentication.TokenCache;
import io.breakwater.core.data.authentication.VerificationRunner;
import io.breakwater.core.presentation.access.Challenges;
import io.breakwater.core.presentation.access.CredentialAuthenticator;
import io.breakwater.core.presentation.access.CredentialAuthenticator.LocalIdentity;
import io.breakwater.core.presentation.access.ResourceMetadata;
import io.breakwater.core.presentation.access.TokenSchemes;
import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.AccessPolicy;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.AuthenticationLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates and connects the components of authentication. */
final class AuthenticationAssembly {
    private static final Duration FIRST_LOCKOUT = Duration.ofSeconds(1);

    private AuthenticationAssembly() {}

    /** Returns the authenticator of the embedder, or the standard one. */
    static Authenticator authenticator(BreakwaterBuilder builder, ServerExecutors executors, MetricSink metrics) {
        var standard = builder.authentication;
        return standard == null
                ? builder.authenticator
                : standard(
                        standard, revocations(builder, standard, executors), challenges(builder), executors, metrics);
    }

    /** Returns the revoked tokens of the embedder, and those of the store if there is one. */
    private static Revocations revocations(
            BreakwaterBuilder builder, StandardAuthentication settings, ServerExecutors executors) {
        if (builder.revocations == null) {
            return settings.revocations();
        }
        var limit = settings.limits().verificationTimeout().multipliedBy(3).dividedBy(4);
        var timeout = builder.revocationsTimeout.compareTo(limit) < 0 ? builder.revocationsTimeout : limit;
        var list = new RevocationList(builder.revocations, builder.localIssuer, timeout, executors);
        builder.onClose(list);
        return new CombinedRevocations(settings.revocations(), list);
    }

    private static Authenticator standard(
            StandardAuthentication settings,
            Revocations revocations,
            Challenges challenges,
            ServerExecutors executors,
            MetricSink metrics) {
        var limits = settings.limits();
        var verifications = new VerificationMetrics();
        verifications.bindTo(metrics);
        var services = new TokenServices(
                new TokenCache(limits.tokens(), executors),
                new VerificationRunner(executors, limits.verifications(), limits.verificationTimeout()),
                budget(limits, executors),
                verifications);
        var check = new CredentialCheck(
                settings.apiKeys(),
                new TokenSources(settings.verifiers(), revocations),
                proofs(settings, executors, metrics),
                services,
                executors.clock(),
                limits.verifyAgain());
        return new CredentialAuthenticator(
                check,
                challenges,
                failureListener(executors, metrics),
                new LocalIdentity(settings.credential(), settings.localPrincipal(), settings.anonymousPrincipal()),
                settings.anonymousPrincipal() != null && settings.publicTools().isEmpty());
    }

    private static @Nullable ProofServices proofs(
            StandardAuthentication settings, ServerExecutors executors, MetricSink metrics) {
        var dpop = settings.dpop();
        if (dpop == null) {
            return null;
        }
        var resource = settings.resource();
        if (resource == null) {
            throw new IllegalArgumentException("StandardAuthentication.withDpop(...) also needs withResource(...):"
                    + " a proof is for the URL of the server.");
        }
        var used = new ProofMemory(dpop.maxProofs(), executors.clock());
        used.bindTo(metrics);
        return new ProofServices(dpop.verifier(), used, resource.url());
    }

    private static FailureCounters budget(AuthenticationLimits limits, ServerExecutors executors) {
        var perSource =
                new FailureLimit(limits.failures(), limits.failureInterval(), FIRST_LOCKOUT, limits.maxLockout());
        var second = Duration.ofSeconds(1);
        var total = new FailureLimit(
                limits.totalFailures(), second.dividedBy(limits.totalFailures()), FIRST_LOCKOUT, FIRST_LOCKOUT);
        return new FailureCounters(limits.sources(), perSource, total, executors);
    }

    private static FailureListener failureListener(ServerExecutors executors, MetricSink metrics) {
        var counts = new FailureMetrics();
        counts.bindTo(metrics);
        var log = new AuthenticationLog(executors);
        return (reason, address, detail) -> {
            counts.failed(reason, address, detail);
            log.failed(reason, address, detail);
        };
    }

    /** Returns the policy of the application, behind the restriction of callers without a credential if there is one. */
    static @Nullable AccessPolicy accessPolicy(BreakwaterBuilder builder) {
        var names = publicTools(builder);
        return names.isEmpty() ? builder.accessPolicy : new PublicTools(names, builder.accessPolicy);
    }

    /** Returns the only tools that callers without a credential may use; empty if these callers are not restricted. */
    static Set<String> publicTools(BreakwaterBuilder builder) {
        return builder.authentication == null ? Set.of() : builder.authentication.publicTools();
    }

    /** Returns the metadata of the server as a protected resource, if it is one. */
    static List<HttpResource> httpResources(BreakwaterBuilder builder) {
        var standard = builder.authentication;
        var resource = standard == null ? null : standard.resource();
        var name = builder.title == null ? builder.name : builder.title;
        return standard == null || resource == null
                ? List.of()
                : ResourceMetadata.httpResources(resource, name, schemes(standard.dpop()));
    }

    /** Returns the challenges of the server, which name its metadata as a protected resource, or that of the embedder. */
    static Challenges challenges(BreakwaterBuilder builder) {
        var standard = builder.authentication;
        var resource = standard == null ? null : standard.resource();
        return standard == null || resource == null
                ? Challenges.withMetadata(builder.resourceMetadata)
                : Challenges.of(resource, schemes(standard.dpop()));
    }

    private static TokenSchemes schemes(@Nullable DpopSettings dpop) {
        return dpop == null
                ? TokenSchemes.BEARER_ONLY
                : new TokenSchemes(!dpop.required(), dpop.verifier().algorithms());
    }

    /** Returns the extensions of MCP that the server supports because of its authentication. */
    static List<String> extensions(@Nullable StandardAuthentication standard) {
        return standard == null || standard.resource() == null ? List.of() : ResourceMetadata.EXTENSIONS;
    }
}
