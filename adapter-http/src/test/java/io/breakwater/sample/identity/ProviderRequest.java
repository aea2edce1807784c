package io.breakwater.sample.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.breakwater.port.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to an {@link OpenIdProvider}, and the ways to answer it. */
final class ProviderRequest {
    private final HttpExchange exchange;
    private final Map<String, String> parameters;
    private final byte[] body;

    private ProviderRequest(HttpExchange exchange, byte[] body) {
        this.exchange = exchange;
        this.body = body;
        boolean posted = exchange.getRequestMethod().equals("POST");
        this.parameters =
                form(posted ? new String(body, UTF_8) : exchange.getRequestURI().getRawQuery());
    }

    static ProviderRequest of(HttpExchange exchange) throws IOException {
        return new ProviderRequest(exchange, exchange.getRequestBody().readAllBytes());
    }

    private static Map<String, String> form(@Nullable String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        var pairs = encoded == null ? new String[0] : encoded.split("&", -1);
        Arrays.stream(pairs).filter(pair -> pair.indexOf('=') > 0).forEach(pair -> {
            int equals = pair.indexOf('=');
            parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        });
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    /** Returns a parameter of the query or the form; empty if it is absent. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Returns the thumbprint of the key of the proof (RFC 9449 section 5); empty if the request has no proof. */
    String keyThumbprint() {
        var proof = exchange.getRequestHeaders().getFirst("DPoP");
        if (proof == null) {
            return "";
        }
        var header = Base64.getUrlDecoder().decode(proof.substring(0, proof.indexOf('.')));
        return DpopProof.thumbprint(((Json.Obj) Json.parse(new String(header, UTF_8))).object("jwk"));
    }

    Json.Obj json() {
        return Json.parse(new String(body, UTF_8)) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    /** Returns the client id and the secret, from Basic authentication or the form. */
    Credentials credentials() {
        var field = exchange.getRequestHeaders().getFirst("Authorization");
        if (field == null || !field.startsWith("Basic ")) {
            return new Credentials(parameter("client_id"), parameter("client_secret"));
        }
        var pair = new String(Base64.getDecoder().decode(field.substring("Basic ".length())), UTF_8);
        int colon = pair.indexOf(':');
        return new Credentials(decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1)));
    }

    void respond(int status, Json body) throws IOException {
        respond(status, "application/json", body.toString());
    }

    void respond(int status, String type, String text) throws IOException {
        var bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** An error as in RFC 6749 section 5.2. */
    void refuse(int status, String error, String description) throws IOException {
        respond(
                status,
                Json.object()
                        .put("error", error)
                        .put("error_description", description)
                        .build());
    }

    void redirect(String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        respond(302, "text/plain", "");
    }

    HttpExchange exchange() {
        return exchange;
    }

    /** How a client identifies itself; the secret of a public client is empty. */
    record Credentials(String clientId, String secret) {}
}
