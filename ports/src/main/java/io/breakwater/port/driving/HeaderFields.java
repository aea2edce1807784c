package io.breakwater.port.driving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header fields (RFC 9110 section 5): names are case-insensitive, and values have no surrounding whitespace. */
public interface HeaderFields {

    /** No header fields. */
    HeaderFields NONE = name -> List.of();

    /** All values of that header field, in order; empty when it is absent. */
    List<String> all(String name);

    /** The first value of that header field, or null. */
    default @Nullable String first(String name) {
        var values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** True when the header field occurs more than once. */
    default boolean repeated(String name) {
        return all(name).size() > 1;
    }
}
