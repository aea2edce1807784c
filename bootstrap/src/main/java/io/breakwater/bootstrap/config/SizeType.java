package io.breakwater.bootstrap.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A number of bytes, with or without a binary unit. */
record SizeType(long min, long max) implements SettingType<Long> {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB|)");
    private static final Map<String, Long> UNITS = units();

    @Override
    public @Nullable Long parse(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return null;
        }
        long value = Long.parseLong(written.group(1)) * UNITS.getOrDefault(written.group(2), 1L);
        return value < min || value > max ? null : value;
    }

    @Override
    public String text(Long value) {
        return format(value);
    }

    @Override
    public String allowed() {
        return "a number of bytes from " + format(min) + " to " + format(max) + ", such as 512, 10KiB or 1MiB";
    }

    /** Formats a size in the largest unit that divides it. */
    private static String format(long value) {
        return UNITS.entrySet().stream()
                .filter(unit -> value != 0 && value % unit.getValue() == 0)
                .findFirst()
                .map(unit -> value / unit.getValue() + unit.getKey())
                .orElse("0");
    }

    private static Map<String, Long> units() {
        var units = new LinkedHashMap<String, Long>();
        units.put("GiB", 1L << 30);
        units.put("MiB", 1L << 20);
        units.put("KiB", 1L << 10);
        units.put("", 1L);
        return Collections.unmodifiableMap(units);
    }
}
