package io.breakwater.adapter.postgres.sql;

import java.util.Set;
import java.util.stream.Stream;

/**
 * The names in a statement that could run something when the server looks them up, schema prefixes left out: more than
 * those that will, never fewer. As the server keeps them: folded to lower case unless quoted, cut to 63 bytes.
 *
 * @param calls names before a parenthesis
 * @param fields names after the dot behind an expression, because {@code (x).f} calls the function {@code f} of
 *     {@code x}
 * @param attributes names after the dot behind a relation, because {@code t.f} calls the function {@code f} of a row
 *     {@code t} that has no such column
 * @param operators symbols, and those that key words such as LIKE and IN stand for
 * @param types names where a type can stand; {@code int4} where {@code integer} stands
 * @param relations names that a table or view can have
 * @param settings the settings that {@code current_setting} reads; empty text for one that is not known
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

    /** How many they are. */
    public long count() {
        return Stream.of(calls, fields, attributes, operators, types, relations, settings)
                .mapToLong(Set::size)
                .sum();
    }
}
