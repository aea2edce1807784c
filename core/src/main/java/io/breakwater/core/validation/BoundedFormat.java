package io.breakwater.core.validation;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.util.Set;

/**
 * A format whose check cannot run away: some are regular expressions of the validator's own, which take seconds or the
 * whole stack for a long text. What has one of those formats is short, so longer texts do not have it.
 */
record BoundedFormat(Format format) implements Format {
    static final int MAX_LENGTH = 1_000;

    private static final Set<String> SHORT =
            Set.of("hostname", "idn-hostname", "json-pointer", "regex", "relative-json-pointer", "uri-template");

    static Format of(Format format) {
        return SHORT.contains(format.getName()) ? new BoundedFormat(format) : format;
    }

    @Override
    public String getName() {
        return format.getName();
    }

    @Override
    public String getMessageKey() {
        return format.getMessageKey();
    }

    @Override
    public boolean matches(ExecutionContext execution, SchemaContext schema, String value) {
        return value.length() <= MAX_LENGTH && format.matches(execution, schema, value);
    }
}
