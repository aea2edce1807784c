package io.breakwater.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.breakwater.core.testkit.HostedTransport;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.sample.settings.NullComponents;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.settings.CostLimits;
import io.breakwater.server.settings.DocumentSettings;
import io.breakwater.server.settings.HealthSettings;
import io.breakwater.server.settings.ProcessingLimits;
import io.breakwater.server.settings.QueryLimits;
import io.breakwater.server.settings.QuerySettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The server and its builder refuse arguments that cannot work, at once and in a sentence. */
@SuppressWarnings("NullAway") // what a careless embedder writes
class ServerMisuseTest {
    private final BreakwaterBuilder builder = Breakwater.named("shop");
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    @Test
    void aServerNeedsAName() {
        refusesNull(() -> Breakwater.named(null), "named(...) does not accept null. Pass a name.");
        refuses(() -> Breakwater.named(" "), "named(...) does not accept an empty name.");
        refuses(() -> builder.version(""), "version(...) does not accept an empty version.");
        refuses(() -> builder.deployment(""), "deployment(...) does not accept an empty name.");
    }

    @Test
    void aBuilderRefusesNull() {
        refusesNull(() -> builder.tool(null), "tool(...) does not accept null. Pass a value, or omit the call.");
        refusesNull(() -> builder.interceptor(null), "interceptor(...) does not accept null.");
        refusesNull(() -> builder.resource((Resource) null), "resource(...) does not accept null.");
        refusesNull(() -> builder.prompt(null), "prompt(...) does not accept null.");
        refusesNull(() -> builder.authenticator(null), "authenticator(...) does not accept null.");
        refusesNull(() -> builder.limits(null), "limits(...) does not accept null.");
        refusesNull(() -> builder.secret(null), "secret(...) does not accept null.");
        refusesNull(() -> builder.cacheTtl(null), "cacheTtl(...) does not accept null.");
    }

    @Test
    void aServerRefusesNull() {
        try (var server = builder.build()) {
            refusesNull(() -> server.add((Tool) null), "The tool is null. Pass a tool to add(...).");
            refusesNull(() -> server.add((Prompt) null), "The prompt is null. Pass a prompt to add(...).");
            refusesNull(() -> server.names(null), "The kind is null. Pass the kind of the names.");
            refusesNull(() -> server.serve(null), "The transport is null. Pass a transport to serve(...).");
        }
    }

    @Test
    void anHttpResourceIsServedBesideTheHealthEndpoints() {
        try (var server = builder.httpResource(page("/info")).build()) {
            assertThat(server.host().resources())
                    .extracting(HttpResource::path)
                    .containsExactly("/live", "/ready", "/health", "/health/details", "/access/refusals", "/info");
        }
    }

    @Test
    void aPathIsUsedOnce() {
        builder.httpResource(page("/health"));

        refuses(builder::build, "Two HTTP resources have the path /health. Choose another path for one of them.");
    }

    @Test
    void eachListenerHasPathsOfItsOwn() {
        builder.httpResource(page("/info")).httpResource(page("/info", HttpResource.Listener.MANAGEMENT));
        builder.build().close();

        builder.httpResource(page("/ready", HttpResource.Listener.MANAGEMENT));
        refuses(builder::build, "Two HTTP resources have the path /ready. Choose another path for one of them.");
    }

    @Test
    void anHttpResourceHasAPathAndMethodsThatCanWork() {
        for (var path : new String[] {"info", "/info/", "//info", "/a/../b", "/a?b", "/a#b", "/%61", ""}) {
            refusesResource(() -> page(path), "The path of an HTTP resource must begin with a slash");
        }
        assertThat(page("/").path()).isEqualTo("/");
        refusesResource(() -> page("/info").withMethods(), "An HTTP resource must support at least one method");
        refusesResource(() -> page("/info").withMaxBodyBytes(-1), "The maximum size of a body must not be negative");
        refusesResource(() -> page("/info").withMaxBodyBytes(1), "GET and HEAD have no body.");
    }

    @Test
    void aPublicResourceCannotRequireTheManagementKey() {
        refusesResource(
                () -> new HttpResource(
                        "/info", HttpResource.Listener.PUBLIC, HttpResource.Access.MANAGEMENT, request -> null),
                "Only the management listener knows the management key");
    }

    private static void refusesResource(ThrowingCallable call, String sentence) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(sentence);
    }

    private static HttpResource page(String path) {
        return page(path, HttpResource.Listener.PUBLIC);
    }

    private static HttpResource page(String path, HttpResource.Listener listener) {
        return new HttpResource(
                path,
                listener,
                HttpResource.Access.PUBLIC,
                request -> CompletableFuture.completedFuture(
                        new HttpResource.Response(200, "text/plain", Map.of(), "open".getBytes(UTF_8))));
    }

    @Test
    void anAuthenticatorThatReturnsNullAcceptsNoSender() {
        try (var server = builder.authenticator((fields, peer) -> null).build()) {
            var sender = server.host().authenticate(HeaderFields.NONE, RemotePeer.STDIO);

            assertThat(sender).isCompletedWithValueMatching(Authentication.Unavailable.class::isInstance);
        }
    }

    @Test
    void aSwitchOfTheExecutorNeedsAMode() {
        refusesNull(
                () -> new Decision.SwitchExecutor(null),
                "SwitchExecutor does not accept null. Pass an execution mode.");
    }

    @Test
    void aDeferredDecisionNeedsAStage() {
        refusesNull(() -> new Decision.Defer(null), "Defer does not accept null. Pass a stage.");
    }

    @Test
    void closeAndAClientRefuseNull() {
        try (var server = builder.build();
                var client = InMemoryClient.of(server)) {
            refusesNull(() -> server.close(null), "close(...) does not accept null. Pass a time, or call close().");
            refusesNull(
                    () -> client.call("find_order", null),
                    "call(...) does not accept null. Call call(tool) if there are no arguments.");
        }
    }

    @Test
    void limitsRefuseTimesThatCannotWork() {
        refuses(() -> Limits.STANDARD.withDeadline(Duration.ZERO), "deadline must be longer than zero, but is PT0S.");
        refuses(() -> Limits.STANDARD.withTaskTtl(NEGATIVE), "taskTtl must be longer than zero, but is PT-1S.");
        refuses(() -> Limits.STANDARD.withListTtl(NEGATIVE), "listTtl must not be negative, but is PT-1S.");
        refuses(
                () -> Limits.STANDARD.withDeadline(FOREVER),
                "deadline must be at most 365 days, but is " + FOREVER + ".");
        refuses(
                () -> Limits.STANDARD.withInputTimeout(FOREVER),
                "inputTimeout must be at most 365 days, but is " + FOREVER + ".");
        refuses(
                () -> Limits.STANDARD.withListTtl(FOREVER),
                "listTtl must be at most 365 days, but is " + FOREVER + ".");
    }

    @Test
    void otherSettingsRefuseNegativeTimes() {
        refuses(() -> builder.cacheTtl(NEGATIVE), "ttl must be longer than zero, but is PT-1S.");
        refuses(
                () -> CacheSettings.STANDARD.withStale(NEGATIVE, SECOND),
                "staleWhileRevalidate must not be negative, but is PT-1S.");
        refuses(
                () -> Capacity.STANDARD.withSessions(Capacity.Limit.halved(2), NEGATIVE),
                "sessionIdle must be longer than zero, but is PT-1S.");
        refuses(
                () -> new HealthSettings(0.1, 0.5, 0.9, 0.9, 0.9, 20, SECOND, SECOND, NEGATIVE),
                "freshness must not be negative, but is PT-1S.");
        refuses(
                () -> new HealthSettings(0.1, 0.5, 0.9, 0.9, 0.9, 20, NEGATIVE, SECOND, SECOND),
                "interval must be longer than zero, but is PT-1S.");
    }

    @Test
    void errorsNameTheComponentsOfTheRecord() {
        refuses(() -> new MemoryLimits(0, 1), "bytes must be at least 1, but is 0.");
        refuses(() -> new MemoryLimits(1, 2), "share must be above 0 and at most 1, but is 2.0.");
        refuses(() -> Limits.STANDARD.withPageSize(0), "pageSize must be at least 1, but is 0.");
    }

    @Test
    void settingsRefuseNullAndNameTheComponent() {
        assertThat(NullComponents.acceptedBy(
                        Limits.STANDARD,
                        MemoryLimits.STANDARD,
                        CacheSettings.STANDARD,
                        Capacity.STANDARD,
                        Capacity.STANDARD.sessions(),
                        Capacity.STANDARD.cache(),
                        CostLimits.NONE,
                        DocumentSettings.standard(),
                        HealthSettings.standard(),
                        ProcessingLimits.defaults(),
                        QueryLimits.standard(),
                        QuerySettings.standard(),
                        new BuiltInPack.ProcessData(ProcessingLimits.defaults())))
                .isEmpty();
    }

    @Test
    void aClosedServerServesNoTransport() {
        var server = builder.build();
        server.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> server.serve(new HostedTransport()))
                .withMessage("The server is closed, so it cannot serve a transport. Build a new server.");
    }

    @Test
    void aClosedServerHasAFinalCatalog() {
        var server = builder.build();
        server.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> server.add(Resource.of("order://1").text(() -> "")))
                .withMessage("The server is closed, so add(...) has no effect. Build a new server.");
    }

    @Test
    void aServerServesATransportOnce() {
        var transport = new HostedTransport();
        try (var server = builder.build()) {
            server.serve(transport);

            assertThatIllegalStateException()
                    .isThrownBy(() -> server.serve(transport))
                    .withMessage("The server already serves this transport (in memory). Create one transport for each"
                            + " call of serve(...).");
            assertThatCode(() -> server.serve(new HostedTransport())).doesNotThrowAnyException();
        }
    }

    @Test
    void aGracePeriodIsNotNegative() {
        try (var server = builder.build()) {
            refuses(() -> server.close(NEGATIVE), "The grace period of close(...) must not be negative, but is PT-1S.");
        }
    }

    private static void refuses(ThrowingCallable call, String sentence) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(sentence);
    }

    private static void refusesNull(ThrowingCallable call, String sentence) {
        assertThatNullPointerException().isThrownBy(call).withMessageStartingWith(sentence);
    }
}
