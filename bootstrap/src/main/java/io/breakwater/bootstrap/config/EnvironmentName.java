package io.breakwater.bootstrap.config;

import java.util.List;
import java.util.Optional;

/**
 * The usual names of environments. Operators may choose others, so only a name that differs from a usual one by a
 * typing error is suspicious; abbreviations and extensions, such as {@code prod} and {@code production-eu}, are not.
 */
final class EnvironmentName {
    private static final List<String> USUAL = List.of("development", "staging", "production");

    private EnvironmentName() {}

    /** The usual name that was most likely meant; empty when the name may stand. */
    static Optional<String> suggestion(String name) {
        return NameSuggestion.to(name, USUAL).filter(usual -> !usual.startsWith(name) && !name.startsWith(usual));
    }
}
