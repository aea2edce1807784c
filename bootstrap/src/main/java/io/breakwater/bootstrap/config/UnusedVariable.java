package io.breakwater.bootstrap.config;

import io.breakwater.port.support.NameSuggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recognizes environment variables that are probably meant for the authentication of callers, but have no effect. */
final class UnusedVariable {
    private static final List<String> PREFIXES = List.of("MCP_AUTH", "MCP_API_KEY", "JWT_");
    private static final String AUTH = "BREAKWATER_AUTH_";
    private static final String MCP = "MCP_";

    private UnusedVariable() {}

    /**
     * Returns a warning for a variable that has no effect; empty if it is probably for another program.
     *
     * @param known the names of all variables that have an effect
     */
    static Optional<String> warning(String name, Set<String> known) {
        var similar = NameSuggestion.to(
                name, known.stream().filter(UnusedVariable::isOurs).toList());
        var today = AUTH + (name.startsWith(MCP) ? name.substring(MCP.length()) : name);
        var meant = known.contains(today) ? Optional.of(today) : similar;
        return isOurs(name) || (name.startsWith(MCP) && similar.isPresent())
                ? Optional.of("The environment variable " + name + " has no effect."
                        + meant.map(other -> " Did you mean " + other + "?").orElse(""))
                : Optional.empty();
    }

    private static boolean isOurs(String name) {
        return PREFIXES.stream().anyMatch(name::startsWith);
    }
}
