package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import org.jspecify.annotations.Nullable;

/** A whole number within inclusive bounds. */
record IntegerType(int min, int max) implements SettingType<Integer> {

    @Override
    public @Nullable Integer parse(String text) {
        try {
            int number = Integer.parseInt(text);
            return number < min || number > max ? null : number;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    @Override
    public String text(Integer value) {
        return value.toString();
    }

    @Override
    public Json json(Integer value) {
        return Json.of(value.longValue());
    }

    @Override
    public String allowed() {
        return max == Integer.MAX_VALUE
                ? "a whole number, " + min + " or more"
                : "a whole number from " + min + " to " + max;
    }
}
