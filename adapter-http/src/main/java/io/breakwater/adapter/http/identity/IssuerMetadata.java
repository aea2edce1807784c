package io.breakwater.adapter.http.identity;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.UnavailableException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of the keys of an issuer in its metadata: RFC 8414 first, then OpenID Connect Discovery 1.0, with
 * the path of the issuer at either place.
 */
final class IssuerMetadata {
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private final String issuer;
    private final IssuerDocuments documents;

    IssuerMetadata(String issuer, IssuerDocuments documents) {
        this.issuer = issuer;
        this.documents = documents;
    }

    /**
     * Requests the metadata, and returns the address of the keys.
     *
     * @throws PortException when no place has usable metadata; it tells of the first place that has metadata or does
     *     not answer
     */
    URI keySet() {
        PortException problem = null;
        for (var place : places()) {
            try {
                var keySet = keySet(place);
                if (keySet != null) {
                    return keySet;
                }
            } catch (PortException unusable) {
                problem = problem == null ? unusable : problem;
            }
        }
        throw problem == null ? absent() : problem;
    }

    private UnavailableException absent() {
        return new UnavailableException(
                "None of the addresses of its metadata exists (status 404): "
                        + places().stream().map(URI::toString).collect(Collectors.joining(", ")) + ".",
                null,
                null);
    }

    /** Returns null if there are no metadata at this place. */
    private @Nullable URI keySet(URI place) {
        var document = documents.find(place);
        if (document == null) {
            return null;
        }
        var metadata = document instanceof Json.Obj object ? object : Json.Obj.EMPTY;
        if (!issuer.equals(metadata.text("issuer"))) {
            throw unusable(place, "name the issuer " + ClaimText.of(metadata.get("issuer")) + " instead of " + issuer);
        }
        var keySet = SecureUrl.parse(metadata.text("jwks_uri"));
        if (keySet == null) {
            throw unusable(place, "have no https URL of a key set (jwks_uri)");
        }
        return keySet;
    }

    private static UnavailableException unusable(URI place, String problem) {
        return new UnavailableException("The metadata at " + place + " " + problem + ".", null, null);
    }

    List<URI> places() {
        var uri = URI.create(issuer);
        var path = withoutEnd(uri.getRawPath());
        var origin = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(OAUTH + path, OPENID + path, path + OPENID).stream()
                .distinct()
                .map(place -> URI.create(origin + place))
                .toList();
    }

    private static String withoutEnd(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
