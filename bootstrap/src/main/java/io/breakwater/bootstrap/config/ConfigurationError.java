package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the configuration, in the words of whoever has to mend it.
 *
 * @param origin where it was written
 * @param path the setting it concerns, {@code http.port}; empty when it concerns the whole source
 * @param what what is wrong, as a clause: {@code 'eighty' is not a whole number}
 * @param remedy what would be right, as a clause, or null when there is nothing to add
 */
public record ConfigurationError(
        ValueOrigin origin,
        String path,
        String what,
        @Nullable String remedy) {

    /** What is wrong and what would be right, in one line. */
    public String sentence() {
        return remedy == null ? what : what + "; " + remedy;
    }

    @Override
    public String toString() {
        return origin + ": " + (path.isEmpty() ? "" : path + ": ") + sentence();
    }
}
