package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a log line in addition to its message: key-value pairs, and the context of its thread. */
final class LogFields {
    private LogFields() {}

    /** Returns the fields in their order; a pair overrides a context entry with the same name. */
    static Map<String, Object> of(ILoggingEvent event) {
        var pairs = event.getKeyValuePairs();
        var context = event.getMDCPropertyMap();
        if ((pairs == null || pairs.isEmpty()) && context.isEmpty()) {
            return Map.of();
        }
        var fields = new LinkedHashMap<String, Object>();
        if (pairs != null) {
            pairs.forEach(pair -> fields.put(pair.key, pair.value == null ? "null" : pair.value));
        }
        context.forEach(fields::putIfAbsent);
        return fields;
    }
}
