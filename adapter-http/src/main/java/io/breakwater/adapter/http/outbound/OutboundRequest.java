package io.breakwater.adapter.http.outbound;

import io.breakwater.port.support.SettingChecks;
import java.net.URI;
import java.util.Map;

/**
 * A request to a service.
 *
 * @param method the method, in upper case
 * @param uri an absolute URL with the scheme http or https; its fragment is not sent
 * @param fields the header fields. The client sets the fields that frame the message or concern the connection, for
 *     example {@code Host} and {@code Content-Length}, and refuses them here
 * @param body the body; empty if there is none
 */
public record OutboundRequest(String method, URI uri, Map<String, String> fields, byte[] body) {
    /** Refuses null. */
    public OutboundRequest {
        SettingChecks.notNull(method, "OutboundRequest.method");
        SettingChecks.notNull(uri, "OutboundRequest.uri");
        SettingChecks.notNull(body, "OutboundRequest.body");
        fields = Map.copyOf(SettingChecks.notNull(fields, "OutboundRequest.fields"));
    }

    /** Returns a GET request. */
    public static OutboundRequest get(URI uri, Map<String, String> fields) {
        return new OutboundRequest("GET", uri, fields, new byte[0]);
    }

    /** Returns a POST request with a body of this media type. */
    public static OutboundRequest post(URI uri, String mediaType, byte[] body) {
        return new OutboundRequest("POST", uri, Map.of("Content-Type", mediaType), body);
    }
}
