package io.breakwater.adapter.http.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The response of a service.
 *
 * @param status the status code; never a redirect
 * @param fields the values of the header fields by name, in lower case
 * @param body the body; empty if there is none
 */
public record OutboundResponse(int status, Map<String, List<String>> fields, byte[] body) {

    /** Returns the first value of a header field; upper and lower case are the same. */
    public Optional<String> field(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }
}
