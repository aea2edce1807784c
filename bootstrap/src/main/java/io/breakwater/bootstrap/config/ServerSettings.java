package io.breakwater.bootstrap.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server introduces itself.
 *
 * @param name of the implementation, for programs
 * @param title of the implementation, for people, or null
 * @param version of the implementation
 * @param instructions what a model should know before it uses the server, or null
 * @param deployment names the servers that share what is kept
 * @param secrets what seals the state that clients keep, the newest first; empty to draw one at random
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
            .means("The name clients see.");

    static final Setting<String> TITLE = Setting.text("title").means("The name people see; `server.name` unless set.");

    static final Setting<String> VERSION = Setting.text(
                    "version", "[\\p{Graph} ]{1,100}", "1 to 100 printable ASCII characters")
            .byDefault(ProgramVersion.text())
            .alsoFrom("MCP_SERVER_VERSION")
            .means("The version clients see; that of the program unless set.");

    static final Setting<String> INSTRUCTIONS = Setting.text("instructions")
            .means("What a model should know before it uses this server; sent to every client.");

    static final Setting<String> DEPLOYMENT = Setting.text(
                    "deployment", "[\\p{Graph} ]{1,100}", "1 to 100 printable ASCII characters")
            .means("Names the servers that may share kept results; `server.name` unless set.");

    static final Setting<List<SecretValue>> SECRETS = Setting.secrets("secrets", 32)
            .byDefault(List.of())
            .means("What seals the state that clients keep for the server, the newest first; the older ones are still"
                    + " accepted. Drawn at random at each start when there is none, which is fine for one server;"
                    + " several that stand behind one address must share it.");

    /** Checks the bounds. */
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
