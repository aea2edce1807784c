package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a log line carries beside its message: key-value pairs, and the context of its thread. */
final class LogFields {
    private LogFields() {}

    /** In order of arrival; a pair counts more than a context entry of the same name. */
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
