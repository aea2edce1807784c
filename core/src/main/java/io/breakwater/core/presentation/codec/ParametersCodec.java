package io.breakwater.core.presentation.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.validation.HeaderParams;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Describes the parameters of a method as the members of a JSON object, and converts JSON to their values. The schema
 * and the conversion are those of a record with the same components. Thread-safe; created once for each method.
 */
public final class ParametersCodec {
    private final List<ComponentInfo> components;
    private final Json.Obj schema;
    private final MembersReader reader;

    private ParametersCodec(List<ComponentInfo> components) {
        this.components = components;
        this.schema = SchemaWriter.write(components);
        this.reader = new MembersReader(CodecFactory.readers(components), false);
    }

    /**
     * Creates the codec of parameters.
     *
     * @throws InvalidSchemaException if something in their types cannot be described, or a header field cannot repeat
     *     one of them
     */
    public static ParametersCodec of(List<MethodParameter> parameters) {
        var codec =
                new ParametersCodec(parameters.stream().map(ComponentInfo::of).toList());
        HeaderParams.of(codec.schema);
        return codec;
    }

    /** Returns the schema of the arguments; members that it does not name are refused. */
    public Json.Obj schema() {
        return schema;
    }

    /** Returns the values of arguments that passed the schema, in the order of the parameters. */
    public BindingResult<@Nullable Object[]> read(ParsedJson checked) {
        try {
            return new BindingResult.Value<>(reader.read(checked.tree()));
        } catch (BindingException e) {
            return new BindingResult.Refused<>(List.of(e.violation()));
        }
    }

    /** Returns values that were read as JSON, without those that are null. */
    public ParsedJson write(@Nullable Object[] values) {
        return ParsedJson.read(reader.write(values));
    }

    /** Returns a reader of arguments that arrive as one text each; it checks them too. */
    public TextReader texts() {
        var compiled = ValueSchema.compile(schema);
        return new TextReader() {
            @Override
            public BindingResult<@Nullable Object[]> read(Map<String, String> texts) {
                var json = json(texts);
                var violations = compiled.check(json.tree());
                return violations.isEmpty() ? ParametersCodec.this.read(json) : new BindingResult.Refused<>(violations);
            }

            @Override
            public Map<String, String> received(Map<String, String> texts) {
                return read(texts) instanceof BindingResult.Value(var values) ? toTexts(values) : texts;
            }
        };
    }

    private Map<String, String> toTexts(@Nullable Object[] values) {
        var texts = new LinkedHashMap<String, String>();
        ((Json.Obj) write(values).json())
                .members()
                .forEach((name, value) -> texts.put(
                        name,
                        value instanceof Json.Text(var text) ? text : new String(JsonWriter.bytes(value), UTF_8)));
        return texts;
    }

    /** Returns the content of an {@code Optional}, or null; returns any other value unchanged. */
    public static @Nullable Object unwrap(@Nullable Object value) {
        return value != null && OptionalTypes.isOptional(value.getClass()) ? OptionalTypes.unwrap(value) : value;
    }

    private ParsedJson json(Map<String, String> texts) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var component : components) {
            var text = texts.get(component.name());
            if (text != null) {
                object.set(component.name(), DefaultValues.fromText(component, text));
            }
        }
        return new ParsedJson(object);
    }

    /** Reads arguments that arrive as one text each. */
    public interface TextReader {
        /** Returns the values in the order of the parameters; texts under other names are ignored. */
        BindingResult<@Nullable Object[]> read(Map<String, String> texts);

        /** Returns the values as one text each, with defaults and in one notation; the same texts if they are invalid. */
        Map<String, String> received(Map<String, String> texts);
    }
}
