package io.breakwater.sample.identity;

/** How an {@link OpenIdProvider} answers requests for its metadata and keys, and introspection. */
public enum ProviderBehavior {
    /** As the specifications say. */
    CORRECT,
    /** It closes connections without a response. */
    DOWN,
    /** It responds with status 500. */
    FAILING,
    /** It responds when the behavior changes. */
    SLOW,
    /** It sends a part of the response, and the rest never. */
    UNFINISHED,
    /** It sends a response without end. */
    ENDLESS,
    /** It sends a document of 8 MiB. */
    HUGE,
    /** It redirects to itself. */
    REDIRECTING,
    /** Its metadata name another issuer. */
    WRONG_ISSUER,
    /** It sends its documents as HTML. */
    WRONG_CONTENT_TYPE,
    /** It sends text that is not JSON. */
    MALFORMED
}
