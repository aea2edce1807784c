package io.breakwater.adapter.http.identity;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundRequest;
import io.breakwater.adapter.http.outbound.OutboundResponse;
import io.breakwater.adapter.http.outbound.ResponseLimits;
import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.PortException.UnavailableException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests JSON documents of issuers. */
final class IssuerDocuments {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Map<String, String> FIELDS = Map.of("Accept", "application/json");

    private final OutboundHttpClient client;
    private final ResponseLimits limits;

    IssuerDocuments(OutboundHttpClient client, KeySetSettings settings) {
        this.client = client;
        this.limits = new ResponseLimits(settings.maxBytes(), settings.timeout());
    }

    /** Returns the document at this address. The request belongs to no call, because all calls share its result. */
    Json get(URI uri) {
        return json(send(uri), uri);
    }

    /** Returns the document at this address, or null if the server of the issuer says that there is none. */
    @Nullable
    Json find(URI uri) {
        var response = send(uri);
        return response.status() == NOT_FOUND ? null : json(response, uri);
    }

    private OutboundResponse send(URI uri) {
        return client.send(OutboundRequest.get(uri, FIELDS), limits, new BackgroundContext(limits.timeout()));
    }

    /** Returns the document in a response. */
    static Json json(OutboundResponse response, URI uri) {
        if (response.status() != OK) {
            throw unusable(uri, "has the status " + response.status(), null);
        }
        if (!isJson(response.field("content-type").orElse(""))) {
            throw unusable(uri, "has a content type other than JSON", null);
        }
        try {
            return Json.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(response.body()))
                    .toString());
        } catch (JsonSyntaxException | CharacterCodingException e) {
            throw unusable(uri, "is not valid JSON", e);
        }
    }

    private static boolean isJson(String contentType) {
        int end = contentType.indexOf(';');
        var type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private static UnavailableException unusable(URI uri, String problem, @Nullable Throwable cause) {
        return new UnavailableException("The response of " + uri + " " + problem + ".", null, cause);
    }
}
