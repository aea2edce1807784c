package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.port.Json;
import java.util.LinkedHashMap;

/**
 * A record as a form: the schema that a user is asked with, and the record that is made of what the user entered. Made
 * once for each record; safe for use by many threads.
 *
 * @param <T> the record
 */
public final class FormCodec<T extends Record> {
    private static final ClassValue<FormCodec<?>> KNOWN = new ClassValue<>() {
        @Override
        protected FormCodec<?> computeValue(Class<?> type) {
            return new FormCodec<>(type.asSubclass(Record.class));
        }
    };

    private final ValueSchema schema;
    private final RecordCodec<T> binding;

    private FormCodec(Class<T> record) {
        this.schema = ValueSchema.compile(FormSchema.of(record));
        this.binding = RecordCodec.ofArguments(record);
    }

    /**
     * The form of that record.
     *
     * @throws io.breakwater.server.schema.InvalidSchemaException when the record cannot be one
     */
    @SuppressWarnings("unchecked") // made of that very class
    public static <T extends Record> FormCodec<T> of(Class<T> record) {
        return (FormCodec<T>) KNOWN.get(record);
    }

    /** The {@code requestedSchema}, compiled. */
    public ValueSchema schema() {
        return schema;
    }

    /** The record of entries that may come from anywhere: they are checked here. Unknown entries are left out. */
    public BindingResult<T> read(Json.Obj entries) {
        var violations = schema.check(JsonTree.toTree(entries));
        return violations.isEmpty()
                ? binding.read(JsonTree.toTree(known(entries)))
                : new BindingResult.Refused<>(violations);
    }

    private Json.Obj known(Json.Obj entries) {
        var known = new LinkedHashMap<>(entries.members());
        known.keySet().retainAll(schema.source().object("properties").members().keySet());
        return new Json.Obj(known);
    }
}
