package io.breakwater.core.validation;

import com.networknt.schema.Error;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;

/**
 * Collects errors up to a maximum and then stops the check, so that the cost is limited for an array with an error in
 * each item.
 */
final class ErrorCollector extends ArrayList<Error> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int max;

    ErrorCollector(int max) {
        this.max = max;
    }

    /** Stops the check. */
    static final class EnoughErrorsException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private EnoughErrorsException() {
            super(null, null, false, false);
        }
    }

    @Override
    public boolean add(Error error) {
        super.add(error);
        if (size() >= max) {
            throw new EnoughErrorsException();
        }
        return true;
    }

    @Override
    public boolean addAll(Collection<? extends Error> errors) {
        errors.forEach(this::add);
        return !errors.isEmpty();
    }
}
