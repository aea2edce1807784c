package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * One error in the configuration, described for the operator.
 *
 * @param origin where the value is set
 * @param path the setting, such as {@code http.port}; empty when the error concerns the whole source
 * @param what the problem, as a clause: {@code 'eighty' is not valid}
 * @param remedy the solution, as a clause, or null when there is nothing to add
 */
public record ConfigurationError(
        ValueOrigin origin,
        String path,
        String what,
        @Nullable String remedy) {

    /** Returns the problem and the solution in one line. */
    public String sentence() {
        return remedy == null ? what : what + "; " + remedy;
    }

    @Override
    public String toString() {
        return origin + ": " + (path.isEmpty() ? "" : path + ": ") + sentence();
    }
}
