package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.port.Json;
import java.util.LinkedHashMap;

/**
 * A record as a form: the schema of the form, and the conversion of the user's entries to the record. There is one
 * instance for each record. Thread-safe.
 *
 * @param <T> the record
 */
public final class FormCodec<T extends Record> {
    private static final ClassValue<FormCodec<?>> CODECS = new ClassValue<>() {
        @Override
        protected FormCodec<?> computeValue(Class<?> type) {
            return new FormCodec<>(type.asSubclass(Record.class));
        }
    };

    private final ValueSchema schema;
    private final RecordCodec<T> codec;

    private FormCodec(Class<T> record) {
        this.schema = ValueSchema.compile(FormSchema.of(record));
        this.codec = RecordCodec.ofArguments(record);
    }

    /**
     * Returns the form of a record.
     *
     * @throws io.breakwater.server.schema.InvalidSchemaException if a component cannot be a field of
     *     a form
     */
    @SuppressWarnings("unchecked") // the value is created from the same class
    public static <T extends Record> FormCodec<T> of(Class<T> record) {
        return (FormCodec<T>) CODECS.get(record);
    }

    /** Returns the compiled {@code requestedSchema}. */
    public ValueSchema schema() {
        return schema;
    }

    /** Checks the entries, which are untrusted input, and returns them as the record. Unknown entries are ignored. */
    public BindingResult<T> read(Json.Obj entries) {
        var violations = schema.check(JsonTree.toTree(entries));
        return violations.isEmpty()
                ? codec.read(JsonTree.toTree(known(entries)))
                : new BindingResult.Refused<>(violations);
    }

    private Json.Obj known(Json.Obj entries) {
        var known = new LinkedHashMap<>(entries.members());
        known.keySet().retainAll(schema.source().object("properties").members().keySet());
        return new Json.Obj(known);
    }
}
