package io.breakwater.core.presentation.codec;

import io.breakwater.core.validation.Schema;
import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import java.util.LinkedHashMap;

/**
 * A record as a form: the schema that a user is asked with, and the record that is made of what the user entered. Made
 * once for each record; safe for use by many threads.
 *
 * @param <T> the record
 */
public final class FormBinding<T extends Record> {
    private static final ClassValue<FormBinding<?>> KNOWN = new ClassValue<>() {
        @Override
        protected FormBinding<?> computeValue(Class<?> type) {
            return new FormBinding<>(type.asSubclass(Record.class));
        }
    };

    private final Schema schema;
    private final Binding<T> binding;

    private FormBinding(Class<T> record) {
        this.schema = Schema.compile(FormSchema.of(record));
        this.binding = Binding.ofArguments(record);
    }

    /**
     * The form of that record.
     *
     * @throws io.breakwater.core.presentation.catalog.schema.SchemaRefused when the record cannot be one
     */
    @SuppressWarnings("unchecked") // made of that very class
    public static <T extends Record> FormBinding<T> of(Class<T> record) {
        return (FormBinding<T>) KNOWN.get(record);
    }

    /** The {@code requestedSchema}, compiled. */
    public Schema schema() {
        return schema;
    }

    /** The record of entries that may come from anywhere: they are checked here. Unknown entries are left out. */
    public Bound<T> read(Json.Obj entries) {
        var violations = schema.check(JsonTree.toTree(entries));
        return violations.isEmpty() ? binding.read(JsonTree.toTree(known(entries))) : new Bound.Refused<>(violations);
    }

    private Json.Obj known(Json.Obj entries) {
        var known = new LinkedHashMap<>(entries.members());
        known.keySet().retainAll(schema.source().object("properties").members().keySet());
        return new Json.Obj(known);
    }
}
