package io.breakwater.bootstrap.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server introduces itself.
 *
 * @param name the name of the implementation, for programs
 * @param title the name of the implementation, for people, or null
 * @param version the version of the implementation
 * @param instructions what a model should know before it uses the server, or null
 * @param deployment the name of the deployment, whose servers share cached results
 * @param secrets the secrets that seal the state that clients store, the newest first; empty for a random one
 */
public record ServerSettings(
        String name,
        @Nullable String title,
        String version,
        @Nullable String instructions,
        String deployment,
        List<SecretValue> secrets) {

    static final Setting<String> NAME = Setting.text(
                    "name", "[\\p{Graph} ]{1,100}", "1 to 100 printable ASCII characters")
            .byDefault("breakwater")
            .alsoFrom("MCP_SERVER_NAME")
            .description("The name of the server, for clients.");

    static final Setting<String> TITLE =
            Setting.text("title").description("The name of the server, for people; `server.name` unless set.");

    static final Setting<String> VERSION = Setting.text(
                    "version", "[\\p{Graph} ]{1,100}", "1 to 100 printable ASCII characters")
            .byDefault(ProgramVersion.text())
            .alsoFrom("MCP_SERVER_VERSION")
            .description("The version of the server, for clients; the version of the program unless set.");

    static final Setting<String> INSTRUCTIONS = Setting.text("instructions")
            .description("Information for models about the use of this server; sent to every client.");

    static final Setting<String> DEPLOYMENT = Setting.text(
                    "deployment", "[\\p{Graph} ]{1,100}", "1 to 100 printable ASCII characters")
            .description("The name of the deployment, whose servers may share cached results; `server.name`"
                    + " unless set.");

    static final Setting<List<SecretValue>> SECRETS = Setting.secrets("secrets", 32)
            .byDefault(List.of())
            .description("The secrets that seal the state that clients store for the server, the newest first; older"
                    + " secrets are still accepted. Without this setting, each start creates a random secret, which is"
                    + " sufficient for one server; several servers behind one address must share the secrets.");

    /** Checks the values. */
    public ServerSettings {
        NAME.checked(name);
        VERSION.checked(version);
        secrets = List.copyOf(secrets);
    }

    static ServerSettings read(SectionReader server) {
        var name = server.get(NAME);
        var title = server.find(TITLE);
        var version = server.get(VERSION);
        var instructions = server.find(INSTRUCTIONS);
        var deployment = server.find(DEPLOYMENT);
        return new ServerSettings(
                name, title, version, instructions, deployment == null ? name : deployment, server.get(SECRETS));
    }
}
