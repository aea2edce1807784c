package io.breakwater.core.validation;

import com.networknt.schema.Error;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;

/** Takes errors until it has enough, and then stops the check: a long list with one mistake per item costs no more. */
final class ErrorCollector extends ArrayList<Error> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int max;

    ErrorCollector(int max) {
        this.max = max;
    }

    /** Thrown out of the check. */
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
