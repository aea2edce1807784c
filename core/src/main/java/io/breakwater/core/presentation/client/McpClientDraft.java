package io.breakwater.core.presentation.client;

import io.breakwater.core.presentation.catalog.LogLevel;
import io.breakwater.core.presentation.server.Identity;
import io.breakwater.port.PortException;
import io.breakwater.port.Json;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client being described. Not thread-safe. */
public final class McpClientDraft {
    private static final Json.Obj ANSWERING = Json.object()
            .put(
                    "elicitation",
                    Json.object()
                            .put("form", Json.Obj.EMPTY)
                            .put("url", Json.Obj.EMPTY)
                            .build())
            .put("sampling", Json.Obj.EMPTY)
            .put("roots", Json.Obj.EMPTY)
            .build();

    private final Wire wire;
    private String name = "breakwater";
    private String version = "0";
    private Era era = Era.MODERN;
    private String revision = Identity.LEGACY.getFirst();
    private Json.@Nullable Obj capabilities;
    private @Nullable Function<Asked, Json.Obj> answers;
    private @Nullable Consumer<Notice> notices;
    private @Nullable LogLevel logLevel;
    private Duration patience = Duration.ofSeconds(30);

    McpClientDraft(Wire wire) {
        this.wire = wire;
    }

    private enum Era {
        MODERN,
        LEGACY,
        EITHER
    }

    /** What it is called. */
    public McpClientDraft named(String name, String version) {
        this.name = name;
        this.version = version;
        return this;
    }

    /** It begins with {@code initialize}, and asks for the newest revision that does. */
    public McpClientDraft legacy() {
        return legacy(Identity.LEGACY.getFirst());
    }

    /** It begins with {@code initialize}, and asks for that revision. */
    public McpClientDraft legacy(String revision) {
        this.era = Era.LEGACY;
        this.revision = revision;
        return this;
    }

    /** It finds out what the server speaks: the stateless era if it can, otherwise {@code initialize}. */
    public McpClientDraft eitherEra() {
        this.era = Era.EITHER;
        return this;
    }

    /** Its {@code ClientCapabilities}; when not said, whatever it has answers for. */
    public McpClientDraft declaring(Json.Obj capabilities) {
        this.capabilities = capabilities;
        return this;
    }

    /** Answers what the server asks; {@link Answers} has the forms. May be called on any thread. */
    public McpClientDraft answering(Function<Asked, Json.Obj> answers) {
        this.answers = answers;
        return this;
    }

    /** Takes the server's notifications, progress included. May be called on any thread. */
    public McpClientDraft hearing(Consumer<Notice> notices) {
        this.notices = notices;
        return this;
    }

    /** The least severe log messages it wants. */
    public McpClientDraft logging(LogLevel level) {
        this.logLevel = level;
        return this;
    }

    /** How long it waits for an answer; 30 s when not said. */
    public McpClientDraft waiting(Duration patience) {
        this.patience = patience;
        return this;
    }

    /**
     * The client, ready to ask.
     *
     * @throws PortException when the server cannot be reached, or they have no revision in common
     */
    public McpClient connect() {
        return switch (era) {
            case MODERN -> modern();
            case LEGACY -> greeted();
            case EITHER -> speaksModern() ? modern() : greeted();
        };
    }

    /** Older servers answer the question with an error, in one way or another. */
    private boolean speaksModern() {
        try {
            var versions = modern().about().get("supportedVersions");
            return versions instanceof Json.Arr(var names) && names.contains(Json.of(Identity.MODERN));
        } catch (PortException older) {
            return false;
        }
    }

    private McpClient modern() {
        var fields = new ToolFields();
        var client = new McpClient(this, new ModernDialect(introduction(), fields), fields);
        if (wire.lasting()) {
            client.hearLine();
        }
        return client;
    }

    private McpClient greeted() {
        var dialect = new LegacyDialect(introduction(), revision);
        var client = new McpClient(this, dialect, new ToolFields());
        if (wire.lasting()) {
            client.hearLine();
        }
        client.greet(dialect);
        if (logLevel != null) {
            client.request(
                    "logging/setLevel",
                    Json.object().put("level", logLevel.wire()).build());
        }
        return client;
    }

    private Introduction introduction() {
        var info = Json.object().put("name", name).put("version", version).build();
        var declared = capabilities != null ? capabilities : answers == null ? Json.Obj.EMPTY : ANSWERING;
        return new Introduction(info, declared, logLevel, notices != null);
    }

    Wire wire() {
        return wire;
    }

    @Nullable
    Function<Asked, Json.Obj> answers() {
        return answers;
    }

    Consumer<Notice> notices() {
        return notices == null ? notice -> {} : notices;
    }

    Duration patience() {
        return patience;
    }
}
