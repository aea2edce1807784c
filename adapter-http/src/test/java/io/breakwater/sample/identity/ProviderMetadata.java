package io.breakwater.sample.identity;

import io.breakwater.port.Json;
import java.util.List;

/** The metadata of a provider (RFC 8414, OpenID Connect Discovery 1.0). */
final class ProviderMetadata {
    private ProviderMetadata() {}

    /** Returns the metadata of a provider with endpoints at the base, which names itself as this issuer. */
    static Json of(String base, String issuer) {
        return Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", base + "/authorize")
                .put("token_endpoint", base + "/token")
                .put("registration_endpoint", base + "/register")
                .put("introspection_endpoint", base + "/introspect")
                .put("jwks_uri", base + "/keys")
                .put("response_types_supported", texts("code"))
                .put("grant_types_supported", texts("authorization_code", "refresh_token", "client_credentials"))
                .put("code_challenge_methods_supported", texts("S256"))
                .put(
                        "token_endpoint_auth_methods_supported",
                        texts("none", "client_secret_basic", "client_secret_post"))
                .put("dpop_signing_alg_values_supported", texts("ES256", "EdDSA", "RS256"))
                .put("client_id_metadata_document_supported", true)
                .put("authorization_response_iss_parameter_supported", true)
                .put("subject_types_supported", texts("public"))
                .put("id_token_signing_alg_values_supported", texts("RS256"))
                .build();
    }

    private static Json texts(String... values) {
        return Json.texts(List.of(values));
    }
}
