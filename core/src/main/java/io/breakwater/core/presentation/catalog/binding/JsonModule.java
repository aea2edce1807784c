package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import java.io.Serial;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** {@link Json} inside records, and numbers within what JSON has and memory can hold. */
final class JsonModule extends SimpleModule {
    @Serial
    private static final long serialVersionUID = 1L;

    JsonModule() {
        super("breakwater-json");
        Finite.addTo(this);
        addSerializer(Json.class, new Writer());
        addDeserializer(BigInteger.class, new BoundedInteger());
        addDeserializer(Json.class, new Reader<>(Json.class, Json.Null.NULL));
        addDeserializer(Json.Obj.class, new Reader<>(Json.Obj.class, null));
        addDeserializer(Json.Arr.class, new Reader<>(Json.Arr.class, null));
    }

    private static final class Reader<J extends Json> extends ValueDeserializer<J> {
        private final Class<J> type;
        private final @Nullable J ofNull;

        Reader(Class<J> type, @Nullable J ofNull) {
            this.type = type;
            this.ofNull = ofNull;
        }

        @Override
        public J deserialize(JsonParser parser, DeserializationContext context) {
            var json = JsonTree.fromTree(context.readTree(parser));
            if (!type.isInstance(json)) {
                throw context.weirdStringException("", type, "other kind of value");
            }
            return type.cast(json);
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) {
            return ofNull;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    private static final class Writer extends ValueSerializer<Json> {
        @Override
        public void serialize(Json json, JsonGenerator out, SerializationContext context) {
            switch (json) {
                case Json.Obj(var members) -> {
                    out.writeStartObject();
                    members.forEach((name, value) -> {
                        out.writeName(name);
                        serialize(value, out, context);
                    });
                    out.writeEndObject();
                }
                case Json.Arr(var items) -> {
                    out.writeStartArray();
                    items.forEach(item -> serialize(item, out, context));
                    out.writeEndArray();
                }
                case Json.Text(var text) -> out.writeString(text);
                case Json.Decimal(var number) -> out.writeNumber(number);
                case Json.Bool bool -> out.writeBoolean(bool.value());
                case Json.Null ignored -> out.writeNull();
                case Json.Raw(var utf8) -> out.writeRawValue(new String(utf8, StandardCharsets.UTF_8));
            }
        }
    }
}
