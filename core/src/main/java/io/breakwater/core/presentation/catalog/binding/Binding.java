package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.core.presentation.catalog.schema.SchemaRefused;
import io.breakwater.core.presentation.json.Mapper;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.type.LogicalType;

/**
 * Turns JSON that fits the schema of a type into its value, and values into JSON that fits the schema of a result.
 * It reads and writes exactly what {@link Schemas} describes: the same names, defaults, variants and formats, numbers
 * without loss. Made once per type; safe for use by many threads.
 *
 * @param <T> a record, or any other type {@link Schemas} knows
 */
public final class Binding<T> {
    private static final JsonMapper MAPPER = mapper();

    private final Class<T> type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    private Binding(Class<T> type) {
        this.type = type;
        this.reader = MAPPER.readerFor(type);
        this.writer = MAPPER.writerFor(type);
    }

    /**
     * The binding of a tool's arguments.
     *
     * @throws SchemaRefused when the record cannot be made, because its module does not open its package for instance
     */
    public static <T extends Record> Binding<T> ofArguments(Class<T> type) {
        var binding = new Binding<>(type);
        try {
            // No record is a list, so nothing is made, but everything needed to make one is looked up.
            binding.reader.readValue(JsonNodeFactory.instance.arrayNode());
        } catch (InvalidDefinitionException e) {
            throw new SchemaRefused(type.getSimpleName() + " cannot be made: " + e.getOriginalMessage(), e);
        } catch (JacksonException expected) {
            return binding;
        }
        return binding;
    }

    /**
     * The binding of a tool's result.
     *
     * @throws SchemaRefused when the type cannot be read, because its module does not open its package for instance
     */
    public static <T> Binding<T> ofResult(Class<T> type) {
        var binding = new Binding<>(type);
        try {
            MAPPER.acceptJsonFormatVisitor(type, new JsonFormatVisitorWrapper.Base());
            return binding;
        } catch (JacksonException e) {
            throw new SchemaRefused(type.getSimpleName() + " cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** The value of JSON that passed the schema. */
    public Bound<T> read(JsonNode checked) {
        try {
            return new Bound.Value<>(reader.readValue(checked));
        } catch (JacksonException e) {
            return new Bound.Refused<>(List.of(Misfits.violation(e)));
        }
    }

    /**
     * The value as JSON in UTF-8, on one line.
     *
     * @throws IllegalStateException when the value breaks its own type's promise, with null where none may be for
     *     instance; the message names the component
     */
    public byte[] write(T value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IllegalStateException(type.getSimpleName() + " cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonMapper mapper() {
        return Mapper.builder(Integer.MAX_VALUE)
                .annotationIntrospector(new RecordIntrospector())
                .addModule(new JsonModule())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> Stream.of(
                                        CoercionInputShape.Integer,
                                        CoercionInputShape.Float,
                                        CoercionInputShape.Boolean)
                                .forEach(other -> texts.setCoercion(other, CoercionAction.Fail)))
                // An offset is part of what the caller said.
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .build();
    }
}
