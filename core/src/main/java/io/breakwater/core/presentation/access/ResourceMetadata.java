package io.breakwater.core.presentation.access;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.HttpResource.Response;
import io.breakwater.server.settings.ProtectedResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The metadata document of the protected resource (RFC 9728), which clients read before they have a token. It is the
 * same for every client, so any web page may read it, and caches may store it.
 *
 * <p>Its path is {@value #WELL_KNOWN} followed by the path of the endpoint, and also {@value #WELL_KNOWN} alone. A proxy
 * may remove the beginning of paths, so the document is also below the shorter paths that result.
 */
public final class ResourceMetadata {
    static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private static final Map<String, String> FIELDS = Map.of("Cache-Control", "public, max-age=3600");

    /** The extensions of MCP that a server supports if it accepts the tokens of authorization servers. */
    public static final List<String> EXTENSIONS = List.of(
            "io.modelcontextprotocol/oauth-client-credentials",
            "io.modelcontextprotocol/enterprise-managed-authorization");

    private ResourceMetadata() {}

    /** Returns the URL of the document, as clients use it. */
    public static String url(ProtectedResource resource) {
        var uri = URI.create(resource.url());
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + WELL_KNOWN + path(resource))
                .toASCIIString();
    }

    /**
     * Returns the paths of the document.
     *
     * @param name the name of the server for users
     * @param schemes the schemes for access tokens
     */
    public static List<HttpResource> httpResources(ProtectedResource resource, String name, TokenSchemes schemes) {
        var document = new Response(200, "application/json", FIELDS, document(resource, name, schemes));
        return paths(path(resource)).stream()
                .map(path -> new HttpResource(
                        path,
                        Listener.PUBLIC,
                        Access.ANY_ORIGIN,
                        request -> CompletableFuture.completedStage(document)))
                .toList();
    }

    private static String path(ProtectedResource resource) {
        var path = URI.create(resource.url()).getRawPath();
        return path == null ? "" : path;
    }

    private static List<String> paths(String endpoint) {
        var paths = new ArrayList<String>();
        for (int from = 0; from >= 0; from = endpoint.indexOf('/', from + 1)) {
            paths.add(WELL_KNOWN + endpoint.substring(from));
        }
        if (!endpoint.isEmpty()) {
            paths.add(WELL_KNOWN);
        }
        return paths;
    }

    /** The members about DPoP are those of RFC 9449 section 5.1 and RFC 9728 section 2. */
    private static byte[] document(ProtectedResource resource, String name, TokenSchemes schemes) {
        var scopes = resource.scopes();
        var algorithms = schemes.proofAlgorithms();
        return JsonWriter.bytes(Json.object()
                .put("resource", resource.url())
                .put("authorization_servers", Json.texts(resource.authorizationServers()))
                .putIfPresent("scopes_supported", scopes.isEmpty() ? null : Json.texts(scopes))
                .put("bearer_methods_supported", Json.texts(List.of("header")))
                .putIfPresent("dpop_signing_alg_values_supported", algorithms.isEmpty() ? null : Json.texts(algorithms))
                .putIfPresent("dpop_bound_access_tokens_required", schemes.bearer() ? null : Json.Bool.TRUE)
                .put("resource_name", name)
                .build());
    }
}
