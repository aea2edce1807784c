package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A boolean: {@code true}, {@code false}, {@code 1} or {@code 0}. */
record BooleanType() implements SettingType<Boolean> {

    @Override
    public @Nullable Boolean parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> null;
        };
    }

    @Override
    public String text(Boolean value) {
        return value.toString();
    }

    @Override
    public Json json(Boolean value) {
        return Json.of(value.booleanValue());
    }

    @Override
    public String allowed() {
        return "true or false";
    }
}
