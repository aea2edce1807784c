package io.breakwater.bootstrap.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A duration: a number and a unit, or a number of seconds. */
public record DurationType(Duration min, Duration max) implements SettingType<Duration> {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d|)");
    private static final Map<String, Duration> UNITS = units();

    @Override
    public @Nullable Duration parse(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return null;
        }
        var unit = UNITS.getOrDefault(written.group(2), Duration.ofSeconds(1));
        var value = unit.multipliedBy(Long.parseLong(written.group(1)));
        return value.compareTo(min) < 0 || value.compareTo(max) > 0 ? null : value;
    }

    @Override
    public String text(Duration value) {
        return format(value);
    }

    @Override
    public String allowed() {
        return "a duration from " + format(min) + " to " + format(max) + ", such as 250ms, 30s, 5m, 2h or 1d";
    }

    /** Formats a duration in the largest unit that divides it. */
    private static String format(Duration value) {
        if (value.isZero()) {
            return "0s";
        }
        return UNITS.entrySet().stream()
                .filter(unit -> value.toMillis() % unit.getValue().toMillis() == 0)
                .findFirst()
                .map(unit -> value.dividedBy(unit.getValue()) + unit.getKey())
                .orElseGet(value::toString);
    }

    private static Map<String, Duration> units() {
        var units = new LinkedHashMap<String, Duration>();
        units.put("d", Duration.ofDays(1));
        units.put("h", Duration.ofHours(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("ms", Duration.ofMillis(1));
        return Collections.unmodifiableMap(units);
    }
}
