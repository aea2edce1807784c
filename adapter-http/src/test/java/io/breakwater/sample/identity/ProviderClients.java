package io.breakwater.sample.identity;

import io.breakwater.port.Json;
import io.breakwater.sample.identity.ProviderRequest.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The clients of a provider: configured ones, registered ones (RFC 7591), and those with a metadata document. */
final class ProviderClients {
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * A client.
     *
     * @param secret empty for a public client
     */
    record Client(String id, String secret, List<String> redirects) {}

    void add(Client client) {
        clients.put(client.id, client);
    }

    /** Registers a client, which gets a secret unless it wants none. */
    Json register(Json.Obj metadata) {
        boolean isPublic = "none".equals(metadata.text("token_endpoint_auth_method"));
        var secret = isPublic ? "" : UUID.randomUUID().toString();
        var client = new Client("client-" + UUID.randomUUID(), secret, redirects(metadata));
        add(client);
        var response = Json.object();
        metadata.members().forEach(response::put);
        response.put("client_id", client.id).put("client_id_issued_at", 1L);
        return isPublic
                ? response.build()
                : response.put("client_secret", secret)
                        .put("client_secret_expires_at", 0L)
                        .build();
    }

    /** Returns the client; an id that is a URL leads to a metadata document, unless the provider knows it already. */
    @Nullable
    Client find(String id) {
        boolean isUrl = id.startsWith("http://") || id.startsWith("https://");
        return isUrl && !clients.containsKey(id) ? document(id) : clients.get(id);
    }

    /** Returns the client if its secret is right. */
    @Nullable
    Client authenticate(Credentials credentials) {
        var client = find(credentials.clientId());
        return client != null && client.secret.equals(credentials.secret()) ? client : null;
    }

    private @Nullable Client document(String id) {
        try {
            var response = http.send(HttpRequest.newBuilder(URI.create(id)).build(), BodyHandlers.ofString());
            var metadata = Json.parse(response.body()) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
            return id.equals(metadata.text("client_id")) ? new Client(id, "", redirects(metadata)) : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static List<String> redirects(Json.Obj metadata) {
        return metadata.get("redirect_uris") instanceof Json.Arr list
                ? list.items().stream()
                        .map(item -> item instanceof Json.Text(String uri) ? uri : "")
                        .toList()
                : List.of();
    }
}
