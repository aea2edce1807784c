package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A whole number of at least 1, or {@code off}, which is 0. */
record AmountType() implements SettingType<Long> {
    private static final String OFF = "off";
    private static final Pattern WRITTEN = Pattern.compile("\\d{1,15}");

    @Override
    public @Nullable Long parse(String text) {
        if (text.equals(OFF)) {
            return 0L;
        }
        long amount = WRITTEN.matcher(text).matches() ? Long.parseLong(text) : 0;
        return amount == 0 ? null : amount;
    }

    @Override
    public String text(Long value) {
        return value == 0 ? OFF : value.toString();
    }

    @Override
    public Json json(Long value) {
        return value == 0 ? Json.of(OFF) : Json.of(value);
    }

    @Override
    public String allowed() {
        return "a whole number from 1 to 999999999999999, or off for no quota";
    }

    @Override
    public @Nullable String guess(String text) {
        return text.strip().equals("0") ? "0 would refuse everything: off is no quota" : null;
    }
}
