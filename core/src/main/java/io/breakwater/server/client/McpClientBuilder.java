package io.breakwater.server.client;

import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.server.mcp.LogLevel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds an {@link McpClient}. Not thread-safe. */
public final class McpClientBuilder {
    private static final Json.Obj RESPONDER_CAPABILITIES = Json.object()
            .put(
                    "elicitation",
                    Json.object()
                            .put("form", Json.Obj.EMPTY)
                            .put("url", Json.Obj.EMPTY)
                            .build())
            .put("sampling", Json.Obj.EMPTY)
            .put("roots", Json.Obj.EMPTY)
            .build();

    private final ClientTransport transport;
    private String name = "breakwater";
    private String version = "0";
    private Era era = Era.MODERN;
    private String revision = ServerIdentity.LEGACY.getFirst();
    private Json.@Nullable Obj capabilities;
    private @Nullable Function<ServerRequest, Json.Obj> responder;
    private @Nullable Consumer<Notification> notificationListener;
    private @Nullable LogLevel logLevel;
    private Duration timeout = Duration.ofSeconds(30);
    private final AtomicLong lastId = new AtomicLong(); // ids are unique on a connection, also after a probe

    McpClientBuilder(ClientTransport transport) {
        this.transport = transport;
    }

    private enum Era {
        MODERN,
        LEGACY,
        EITHER
    }

    /** Sets the name and the version that the client declares. */
    public McpClientBuilder name(String name, String version) {
        this.name = name;
        this.version = version;
        return this;
    }

    /** Uses the legacy era, and requests its newest revision in {@code initialize}. */
    public McpClientBuilder legacy() {
        return legacy(ServerIdentity.LEGACY.getFirst());
    }

    /** Uses the legacy era, and requests that revision in {@code initialize}. */
    public McpClientBuilder legacy(String revision) {
        this.era = Era.LEGACY;
        this.revision = revision;
        return this;
    }

    /**
     * Uses the modern era if the server supports it, otherwise the legacy era. The client sends
     * {@code server/discover}; when the server refuses it, the client sends {@code initialize}, unless the server
     * refuses the credentials of the client or cannot be reached.
     */
    public McpClientBuilder eitherEra() {
        this.era = Era.EITHER;
        return this;
    }

    /**
     * Sets the {@code ClientCapabilities}; by default all, if the client has a function for server requests, and
     * otherwise none.
     */
    public McpClientBuilder capabilities(Json.Obj capabilities) {
        this.capabilities = capabilities;
        return this;
    }

    /**
     * Sets the function that responds to requests of the server; {@link ClientResponses} builds responses. The client
     * calls it on any thread.
     */
    public McpClientBuilder onServerRequest(Function<ServerRequest, Json.Obj> responder) {
        this.responder = responder;
        return this;
    }

    /** Sets the consumer for notifications of the server, progress included. The client calls it on any thread. */
    public McpClientBuilder onNotification(Consumer<Notification> notificationListener) {
        this.notificationListener = notificationListener;
        return this;
    }

    /** Sets the least severe level of log messages that the client requests. */
    public McpClientBuilder logLevel(LogLevel level) {
        this.logLevel = level;
        return this;
    }

    /** Sets how long the client waits for a response; 30 s by default. */
    public McpClientBuilder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /**
     * Connects to the server. Closes the transport when this fails.
     *
     * @throws PortException when the client cannot reach the server, or they have no revision in common
     */
    public McpClient connect() {
        try {
            return switch (era) {
                case MODERN -> connectModern();
                case LEGACY -> connectLegacy();
                case EITHER -> new EraDetection(this).connect();
            };
        } catch (RuntimeException failure) {
            transport.close();
            throw failure;
        }
    }

    McpClient connectModern() {
        var fields = new ToolHeaderParams();
        var client = new McpClient(this, new ModernDialect(introduction(), fields), fields);
        if (transport.isSession()) {
            client.listen();
        }
        return client;
    }

    McpClient connectLegacy() {
        var dialect = new LegacyDialect(introduction(), revision);
        var client = new McpClient(this, dialect, new ToolHeaderParams());
        if (transport.isSession()) {
            client.listen();
        }
        client.initialize(dialect);
        if (logLevel != null) {
            client.request(
                    "logging/setLevel",
                    Json.object().put("level", logLevel.wireName()).build());
        }
        return client;
    }

    private ClientIntroduction introduction() {
        var info = Json.object().put("name", name).put("version", version).build();
        var declared =
                capabilities != null ? capabilities : responder == null ? Json.Obj.EMPTY : RESPONDER_CAPABILITIES;
        return new ClientIntroduction(info, declared, logLevel, notificationListener != null);
    }

    ClientTransport transport() {
        return transport;
    }

    @Nullable
    Function<ServerRequest, Json.Obj> responder() {
        return responder;
    }

    Consumer<Notification> notificationListener() {
        return notificationListener == null ? notification -> {} : notificationListener;
    }

    Duration timeout() {
        return timeout;
    }

    AtomicLong lastId() {
        return lastId;
    }
}
