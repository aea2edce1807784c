package io.breakwater.core.validation;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Limits the length of a string in a format check. The validator checks some formats with regular expressions that take
 * seconds, or exhaust the stack, for a long string. Values of these formats are short, so a longer string does not
 * match.
 */
record BoundedFormat(Format format, SchemaOrigin origin) implements Format {
    static final int MAX_LENGTH = 1_000;

    private static final Set<String> SHORT =
            Set.of("hostname", "idn-hostname", "json-pointer", "regex", "relative-json-pointer", "uri-template");

    static Format of(Format format, SchemaOrigin origin) {
        return SHORT.contains(format.getName()) ? new BoundedFormat(format, origin) : format;
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
        if (value.length() > MAX_LENGTH) {
            return false;
        }
        return getName().equals("regex") ? isRegex(value) : format.matches(execution, schema, value);
    }

    private boolean isRegex(String value) {
        try {
            origin.compile(value);
            return true;
        } catch (PatternSyntaxException | RejectedInputException e) {
            return false;
        }
    }
}
