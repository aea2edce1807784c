package io.breakwater.port.driving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header fields (RFC 9110 section 5): names without regard to case, values trimmed of surrounding blanks. */
public interface HeaderFields {

    /** No fields at all. */
    HeaderFields NONE = name -> List.of();

    /** Every value of that field, in order of arrival; empty when it is absent. */
    List<String> all(String name);

    /** The first value of that field, or null. */
    default @Nullable String first(String name) {
        var values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** True when the field is there more than once. */
    default boolean repeated(String name) {
        return all(name).size() > 1;
    }
}
