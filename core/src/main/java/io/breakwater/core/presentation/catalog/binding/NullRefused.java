package io.breakwater.core.presentation.catalog.binding;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Stands for the null that a component must not be: the schema promised a value to the caller. */
final class NullRefused extends ValueSerializer<Object> {
    private final String component;

    NullRefused(String component) {
        this.component = component;
    }

    @Override
    public void serialize(Object nothing, JsonGenerator out, SerializationContext context) {
        throw DatabindException.from(out, component + " is null. Give it a value, or mark it @Nullable.");
    }
}
