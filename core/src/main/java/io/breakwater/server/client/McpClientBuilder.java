package io.breakwater.server.client;

import io.breakwater.core.presentation.server.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.LogLevel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client being described. Not thread-safe. */
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

    McpClientBuilder(ClientTransport transport) {
        this.transport = transport;
    }

    private enum Era {
        MODERN,
        LEGACY,
        EITHER
    }

    /** What it is called. */
    public McpClientBuilder name(String name, String version) {
        this.name = name;
        this.version = version;
        return this;
    }

    /** It begins with {@code initialize}, and asks for the newest revision that does. */
    public McpClientBuilder legacy() {
        return legacy(ServerIdentity.LEGACY.getFirst());
    }

    /** It begins with {@code initialize}, and asks for that revision. */
    public McpClientBuilder legacy(String revision) {
        this.era = Era.LEGACY;
        this.revision = revision;
        return this;
    }

    /** It finds out what the server speaks: the stateless era if it can, otherwise {@code initialize}. */
    public McpClientBuilder eitherEra() {
        this.era = Era.EITHER;
        return this;
    }

    /** Its {@code ClientCapabilities}; when not said, whatever it has answers for. */
    public McpClientBuilder capability(Json.Obj capabilities) {
        this.capabilities = capabilities;
        return this;
    }

    /** Answers what the server asks; {@link ClientResponses} has the forms. May be called on any thread. */
    public McpClientBuilder onServerRequest(Function<ServerRequest, Json.Obj> responder) {
        this.responder = responder;
        return this;
    }

    /** Takes the server's notifications, progress included. May be called on any thread. */
    public McpClientBuilder onNotification(Consumer<Notification> notificationListener) {
        this.notificationListener = notificationListener;
        return this;
    }

    /** The least severe log messages it wants. */
    public McpClientBuilder logLevel(LogLevel level) {
        this.logLevel = level;
        return this;
    }

    /** How long it waits for an answer; 30 s when not said. */
    public McpClientBuilder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /**
     * The client, ready to ask.
     *
     * @throws PortException when the server cannot be reached, or they have no revision in common
     */
    public McpClient connect() {
        return switch (era) {
            case MODERN -> connectModern();
            case LEGACY -> connectLegacy();
            case EITHER -> supportsModern() ? connectModern() : connectLegacy();
        };
    }

    /** Older servers answer the question with an error, in one way or another. */
    private boolean supportsModern() {
        try {
            var versions = connectModern().serverInfo().get("supportedVersions");
            return versions instanceof Json.Arr(var names) && names.contains(Json.of(ServerIdentity.MODERN));
        } catch (PortException older) {
            return false;
        }
    }

    private McpClient connectModern() {
        var fields = new ToolHeaderParams();
        var client = new McpClient(this, new ModernDialect(introduction(), fields), fields);
        if (transport.isSession()) {
            client.listen();
        }
        return client;
    }

    private McpClient connectLegacy() {
        var dialect = new LegacyDialect(introduction(), revision);
        var client = new McpClient(this, dialect, new ToolHeaderParams());
        if (transport.isSession()) {
            client.listen();
        }
        client.initialize(dialect);
        if (logLevel != null) {
            client.request(
                    "logging/setLevel",
                    Json.object().put("level", logLevel.wire()).build());
        }
        return client;
    }

    private ClientIntroduction introduction() {
        var info = Json.object().put("name", name).put("version", version).build();
        var declared = capabilities != null ? capabilities : responder == null ? Json.Obj.EMPTY : RESPONDER_CAPABILITIES;
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
}
