package io.breakwater.bootstrap.cli;

import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that describe a principal. */
final class PrincipalOptions {
    @Option(
            names = "--as",
            paramLabel = "SUBJECT",
            description = "The subject of the caller, such as the name of an API key.")
    private @Nullable String subject;

    @Option(
            names = "--issuer",
            paramLabel = "ISSUER",
            description = "The issuer of the caller; 'api-key' for API keys of the file.")
    private String issuer = "";

    @Option(names = "--tenant", paramLabel = "TENANT", description = "The tenant; none by default.")
    private String tenant = "";

    @Option(names = "--role", split = ",", paramLabel = "ROLE", description = "A role; may be repeated.")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--scope", split = ",", paramLabel = "SCOPE", description = "A scope; may be repeated.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = "--client",
            paramLabel = "ID",
            description = "The client that calls for the user; the caller then is of the kind user-via-client.")
    private String client = "";

    @Option(
            names = "--program",
            description = "The caller is a program that calls for itself, of the kind client, such as one with an API"
                    + " key.")
    private boolean program;

    @Option(
            names = "--claim",
            paramLabel = "NAME=VALUE",
            description = "A claim of the token, whose value is JSON or text; may be repeated.")
    private Map<String, String> claims = new LinkedHashMap<>();

    /** Returns whether the command line describes a principal. */
    boolean isGiven() {
        return subject != null;
    }

    /** Returns whether the command line has one of these options. */
    boolean isUsed() {
        return subject != null
                || program
                || !(issuer + tenant + client).isEmpty()
                || !roles.isEmpty()
                || !scopes.isEmpty()
                || !claims.isEmpty();
    }

    /**
     * Returns the principal.
     *
     * @throws NoSuchElementException when the options do not fit together
     */
    Principal principal() {
        if (subject == null || subject.isBlank()) {
            throw new NoSuchElementException("Name the caller with --as SUBJECT.");
        }
        if (program && !client.isEmpty()) {
            throw new NoSuchElementException("A caller is either a user with --client or a program with --program."
                    + " Omit one of these options.");
        }
        checkScopes();
        var user = Principal.of(issuer, subject)
                .withTenant(tenant)
                .withRoles(Set.copyOf(roles))
                .withScopes(Set.copyOf(scopes))
                .withClaims(claims());
        if (program) {
            return user.asClient();
        }
        return client.isEmpty() ? user : user.viaClient(client);
    }

    private void checkScopes() {
        for (var scope : scopes) {
            if (!AccessRequirements.isScope(scope)) {
                throw new NoSuchElementException("'" + scope + "' is not a scope. Write one such as tools:read.");
            }
        }
    }

    private Json.Obj claims() {
        var all = Json.object();
        claims.forEach((name, value) -> all.put(name, value(value)));
        return all.build();
    }

    private static Json value(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException notJson) {
            return Json.of(text);
        }
    }
}
