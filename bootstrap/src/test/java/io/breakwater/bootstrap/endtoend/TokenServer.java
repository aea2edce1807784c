package io.breakwater.bootstrap.endtoend;

import io.breakwater.bootstrap.endtoend.RecordingServer.Received;
import io.breakwater.bootstrap.endtoend.RecordingServer.Reply;
import io.breakwater.port.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The token endpoint of an authorization server for one client: client credentials and token exchange (RFC 8693). */
final class TokenServer implements AutoCloseable {
    static final String CLIENT = "breakwater";
    static final String SECRET = "client-secret-of-breakwater";
    static final String CLIENT_CREDENTIALS = "client_credentials";
    static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final AtomicInteger lastToken = new AtomicInteger();
    private final ConcurrentLinkedQueue<Grant> grants = new ConcurrentLinkedQueue<>();
    private final Map<String, Boolean> refusedSubjects = new ConcurrentHashMap<>();
    private final RecordingServer server = RecordingServer.start(this::respond);

    /** A token that was issued for these parameters. */
    record Grant(String token, Map<String, String> parameters) {
        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    String url() {
        return server.url() + "/token";
    }

    /** Issues no token in exchange for this one. */
    void refuse(String subjectToken) {
        refusedSubjects.put(subjectToken, true);
    }

    /** The tokens for a service so far. */
    List<Grant> grants(String audience) {
        return grants.stream()
                .filter(grant -> grant.parameter("audience").equals(audience))
                .toList();
    }

    /** The tokens so far in exchange for a token. */
    List<Grant> exchanges(String subjectToken) {
        return grants.stream()
                .filter(grant -> grant.parameter("subject_token").equals(subjectToken))
                .toList();
    }

    private Reply respond(Received request) {
        var expected =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        if (!request.field("authorization").equals(expected)) {
            return new Reply(401, "{\"error\":\"invalid_client\"}");
        }
        var parameters = Arrays.stream(request.body().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        return switch (parameters.getOrDefault("grant_type", "")) {
            case CLIENT_CREDENTIALS -> issue(parameters);
            case TOKEN_EXCHANGE -> exchange(parameters);
            default -> new Reply(400, "{\"error\":\"unsupported_grant_type\"}");
        };
    }

    private Reply exchange(Map<String, String> parameters) {
        boolean valid = ACCESS_TOKEN.equals(parameters.get("subject_token_type"))
                && parameters.containsKey("subject_token")
                && !refusedSubjects.containsKey(parameters.get("subject_token"));
        return valid ? issue(parameters) : new Reply(400, "{\"error\":\"invalid_grant\"}");
    }

    private Reply issue(Map<String, String> parameters) {
        var token = "issued-token-" + lastToken.incrementAndGet();
        grants.add(new Grant(token, parameters));
        return new Reply(
                200,
                Json.object()
                        .put("access_token", token)
                        .put("issued_token_type", ACCESS_TOKEN)
                        .put("token_type", "Bearer")
                        .put("expires_in", 3600)
                        .build()
                        .toString());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
