package io.breakwater.core.validation;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.util.regex.Pattern;

/**
 * The format {@code email} as JSON Schema defines it: the mailbox of RFC 5321, section 4.1.2. The check of the
 * validator also requires a public host name whose last label has at least two letters; here {@code a@b.c} is valid
 * too.
 */
record EmailFormat(Format format) implements Format {
    /** The longest local part, the {@code @} and the longest domain (RFC 5321, section 4.5.3.1). */
    private static final int MAX_LENGTH = 64 + 1 + 255;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?+";
    private static final Pattern MAILBOX =
            Pattern.compile("(?=.{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*+@" + LABEL + "(?:\\." + LABEL + ")*+");

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
        boolean mailbox = value.length() <= MAX_LENGTH && MAILBOX.matcher(value).matches();
        return mailbox || format.matches(execution, schema, value);
    }
}
