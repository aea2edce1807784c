package io.breakwater.core.presentation.cache;

import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.CacheSettings;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.PendingRequest;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.settings.HealthSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One server of a deployment: {@code find} reads a document and keeps it, {@code save} changes one. */
final class SampleReplica implements AutoCloseable {
    static final Duration TTL = Duration.ofMinutes(5);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Breakwater server;
    private final McpClient client;
    private final Runnable settled;

    record Find(String id) {}

    record Save(String id, String text) {}

    record Document(String text) {}

    record Saved(boolean done) {}

    record Stamp(String status) {}

    /** What a caller of {@code find} sees. */
    record Seen(String text, String status) {}

    SampleReplica(DocumentArchive archive, ServerExecutors executors, UnaryOperator<BreakwaterBuilder> further) {
        this(archive, executors, further, () -> {});
    }

    /** {@code find} returns when {@code settled} does. */
    SampleReplica(
            DocumentArchive archive,
            ServerExecutors executors,
            UnaryOperator<BreakwaterBuilder> further,
            Runnable settled) {
        this.settled = settled;
        server = further.apply(Breakwater.named("archive")
                        .executors(executors)
                        .cacheSettings(settings(CacheSettings.STANDARD.breakerPeriod()))
                        .health(withoutRounds())
                        .meterRegistry(registry)
                        .pack(new BuiltInPack.SystemInfo(() -> ""))
                        .tool(finder().cacheTags(args -> Set.of("document:" + args.id()))
                                .handler((args, call) -> new Document(archive.read(args.id()))))
                        .tool(Tool.named("save")
                                .description("Changes a document.")
                                .input(Save.class)
                                .output(Saved.class)
                                .invalidates((args, saved) -> Set.of("document:" + args.id()))
                                .handler((args, call) -> {
                                    archive.write(args.id(), args.text());
                                    return new Saved(true);
                                })))
                .build();
        client = InMemoryClient.of(server);
    }

    /**
     * Checks run when they are asked for, not in rounds: a check that is under way while a test lets minutes pass looks
     * slow, and would open the breaker.
     */
    private static HealthSettings withoutRounds() {
        var standard = HealthSettings.standard();
        return new HealthSettings(
                standard.errorRate(),
                standard.failingRate(),
                standard.memory(),
                standard.cpu(),
                standard.disk(),
                standard.fewestCalls(),
                Duration.ofDays(1),
                standard.timeout(),
                standard.freshness());
    }

    /** Without jitter, with that period of the breaker, and waiting for answers as long as a slow machine needs. */
    static CacheSettings settings(Duration breakerPeriod) {
        return settings(breakerPeriod, Eventually.LIMIT);
    }

    /** The same, and no call waits longer than {@code timeout}. */
    static CacheSettings settings(Duration breakerPeriod, Duration timeout) {
        var standard = CacheSettings.STANDARD;
        return new CacheSettings(
                TTL,
                0,
                standard.maxResultBytes(),
                standard.staleWhileRevalidate(),
                standard.staleIfError(),
                standard.leaseWait(),
                timeout,
                breakerPeriod,
                standard.tags(),
                standard.refreshes());
    }

    static Tool.Builder<Find, Document> finder() {
        return Tool.named("find")
                .description("Finds a document.")
                .input(Find.class)
                .output(Document.class)
                .resultDecorator(Stamp.class, (CacheStatus status) -> new Stamp(status.wireName()))
                .readOnly()
                .cacheFor(TTL);
    }

    Breakwater server() {
        return server;
    }

    Seen find(String id) {
        var seen = seen(answer(id));
        settled.run();
        return seen;
    }

    ToolCallResult answer(String id) {
        return client.call("find", Json.object().put("id", id).build());
    }

    PendingRequest begin(String id) {
        return begin("find", Json.object().put("id", id).build());
    }

    private PendingRequest begin(String tool, Json.Obj arguments) {
        return client.requestAsync(
                "tools/call",
                Json.object().put("name", tool).put("arguments", arguments).build());
    }

    static Seen seen(PendingRequest ongoing) {
        return seen(new ToolCallResult(ongoing.await()));
    }

    private static Seen seen(ToolCallResult answer) {
        var result = answer.structured();
        return answer.isError()
                ? new Seen(answer.text(), "error")
                : new Seen(String.valueOf(result.text("text")), String.valueOf(result.text("status")));
    }

    void save(String id, String text) {
        beginSaving(id, text).await();
    }

    PendingRequest beginSaving(String id, String text) {
        return begin("save", Json.object().put("id", id).put("text", text).build());
    }

    double counted(String tier, String type) {
        return Objects.requireNonNull(registry.find("mcp_cache_operations_total")
                        .tags(Map.of("tier", tier, "type", type).entrySet().stream()
                                .map(label -> io.micrometer.core.instrument.Tag.of(label.getKey(), label.getValue()))
                                .toList())
                        .functionCounter())
                .count();
    }

    /** What the health report says: the word behind {@code status}. */
    String health() {
        return String.valueOf(client.call("health_check").structured().text("status"));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
