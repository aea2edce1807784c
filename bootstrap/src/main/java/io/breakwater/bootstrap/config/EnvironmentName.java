package io.breakwater.bootstrap.config;

import io.breakwater.port.support.NameSuggestion;
import java.util.List;
import java.util.Optional;

/**
 * The usual names of environments. Operators may choose others, so only a name that resembles a usual one by a typing
 * error is refused; abbreviations and extensions, such as {@code prod} and {@code production-eu}, are accepted.
 */
final class EnvironmentName {
    private static final List<String> USUAL = List.of("development", "staging", "production");

    private EnvironmentName() {}

    /** Returns the usual name that the operator probably meant; empty when the name is acceptable. */
    static Optional<String> suggestion(String name) {
        return NameSuggestion.to(name, USUAL).filter(usual -> !usual.startsWith(name) && !name.startsWith(usual));
    }
}
