package io.breakwater.bootstrap.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rate: a number of calls and a unit of time, a number of calls in a minute, or {@code off}. */
record RateType() implements SettingType<Rate> {
    private static final String OFF = "off";
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*(?:/\\s*(s|min|h|d))?");
    private static final Map<String, Duration> UNITS = units();
    private static final long MIN_INTERVAL_NANOS = 1_000;

    @Override
    public @Nullable Rate parse(String text) {
        if (text.equals(OFF)) {
            return Rate.OFF;
        }
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return null;
        }
        int calls = Integer.parseInt(written.group(1));
        var period = UNITS.getOrDefault(written.group(2), Duration.ofMinutes(1));
        return calls == 0 || period.toNanos() / calls < MIN_INTERVAL_NANOS ? null : new Rate(calls, period);
    }

    @Override
    public String text(Rate value) {
        return value.isOff()
                ? OFF
                : UNITS.entrySet().stream()
                        .filter(unit -> unit.getValue().equals(value.period()))
                        .map(unit -> value.calls() + "/" + unit.getKey())
                        .findFirst()
                        .orElseThrow();
    }

    @Override
    public String allowed() {
        return "a rate such as 100/min, 5/s, 1000/h or 5000/d, a number of calls in a minute, or off for no limit; at"
                + " most 1000000/s";
    }

    @Override
    public @Nullable String guess(String text) {
        return text.strip().equals("0") ? "0 would refuse every call: off is no limit" : null;
    }

    private static Map<String, Duration> units() {
        var units = new LinkedHashMap<String, Duration>();
        units.put("s", Duration.ofSeconds(1));
        units.put("min", Duration.ofMinutes(1));
        units.put("h", Duration.ofHours(1));
        units.put("d", Duration.ofDays(1));
        return Collections.unmodifiableMap(units);
    }
}
