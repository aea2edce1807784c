package io.breakwater.core.business.session;

import io.breakwater.port.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The consent of a user to one call, or the request for it. The client stores it for the server, sealed and bound to the
 * principal, the tool and the arguments ({@link SealContext}).
 *
 * @param nonce makes it usable once
 * @param store the identity of the store that records the nonce
 * @param digest the digest of the message to which the user agrees
 * @param given whether the user has agreed; false while the server waits for the response
 */
public record Consent(String nonce, String store, String digest, boolean given) {

    /** Reads what {@link #json} has written; empty if there is nothing. */
    public static Optional<Consent> of(Json.Obj json) {
        var nonce = json.text("nonce");
        var store = json.text("store");
        var digest = json.text("message");
        return nonce == null || store == null || digest == null
                ? Optional.empty()
                : Optional.of(new Consent(nonce, store, digest, json.has("given")));
    }

    /** Returns the consent as JSON. */
    public Json.Obj json() {
        var json = Json.object().put("nonce", nonce).put("store", store).put("message", digest);
        return (given ? json.put("given", true) : json).build();
    }

    /** Returns the digest of a message. */
    static String digestOf(String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(SealContext.digestOf(utf8));
    }
}
