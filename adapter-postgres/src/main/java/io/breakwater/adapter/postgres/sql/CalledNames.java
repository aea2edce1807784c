package io.breakwater.adapter.postgres.sql;

import java.util.Set;
import java.util.stream.Stream;

/**
 * The names in a statement that could run code when the server looks them up, without schema prefixes. These are at
 * least the names that do run code, and possibly more. They have the server's form: folded to lower case unless quoted,
 * and truncated to 63 bytes.
 *
 * @param calls names before a parenthesis
 * @param fields names after the dot behind an expression, because {@code (x).f} calls the function {@code f} of
 *     {@code x}
 * @param attributes names after the dot behind a relation, because {@code t.f} calls the function {@code f} of a row
 *     {@code t} that has no such column
 * @param operators operator symbols, and the operators of key words such as LIKE and IN
 * @param types names at positions where a type is possible; {@code int4} for {@code integer}
 * @param relations names that a table or view can have
 * @param settings the settings that {@code current_setting} reads; an empty text for an unknown setting
 */
public record CalledNames(
        Set<String> calls,
        Set<String> fields,
        Set<String> attributes,
        Set<String> operators,
        Set<String> types,
        Set<String> relations,
        Set<String> settings) {
    /** Copies the sets. */
    public CalledNames {
        calls = Set.copyOf(calls);
        fields = Set.copyOf(fields);
        attributes = Set.copyOf(attributes);
        operators = Set.copyOf(operators);
        types = Set.copyOf(types);
        relations = Set.copyOf(relations);
        settings = Set.copyOf(settings);
    }

    /** The number of names. */
    public long count() {
        return Stream.of(calls, fields, attributes, operators, types, relations, settings)
                .mapToLong(Set::size)
                .sum();
    }
}
