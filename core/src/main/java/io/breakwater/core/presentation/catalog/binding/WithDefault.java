package io.breakwater.core.presentation.catalog.binding;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/**
 * Reads a component that has a default. The default is read anew each time it is needed: its value may be a list, and
 * lists can be changed.
 */
final class WithDefault extends ValueDeserializer<Object> {
    private final JsonNode whenAbsent;
    private final @Nullable JavaType type;
    private final @Nullable ValueDeserializer<Object> present;

    WithDefault(JsonNode whenAbsent) {
        this(whenAbsent, null, null);
    }

    private WithDefault(JsonNode whenAbsent, @Nullable JavaType type, @Nullable ValueDeserializer<Object> present) {
        this.whenAbsent = whenAbsent;
        this.type = type;
        this.present = present;
    }

    /** Jackson makes one for each component, and only then tells of which type it is. */
    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        var ofType = context.findContextualValueDeserializer(property.getType(), property);
        return new WithDefault(whenAbsent, property.getType(), ofType);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return context.readTreeAsValue(whenAbsent, type);
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        return ready().getNullValue(context);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        return ready().deserialize(parser, context);
    }

    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer variants) {
        return ready().deserializeWithType(parser, context, variants);
    }

    private ValueDeserializer<Object> ready() {
        if (present == null) {
            throw new IllegalStateException("used before it knew its type");
        }
        return present;
    }
}
