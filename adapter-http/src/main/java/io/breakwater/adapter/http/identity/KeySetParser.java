package io.breakwater.adapter.http.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.breakwater.port.Json;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parses a key set (RFC 7517). Only the members that public keys for signatures need are used: certificates and
 * addresses in a key are ignored. A key that cannot be used is left out, as section 5 of the RFC recommends.
 */
final class KeySetParser {
    private static final int MAX_KEYS = 100;
    private static final Set<String> TEXTS = Set.of("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y");

    private KeySetParser() {}

    /**
     * Parses the document.
     *
     * @throws ParseException if it is not a key set, or has no key that can be used
     */
    static JWKSet parse(Json document) throws ParseException {
        if (!(document instanceof Json.Obj object && object.get("keys") instanceof Json.Arr keys)) {
            throw new ParseException("The document is not a key set.", 0);
        }
        if (keys.items().size() > MAX_KEYS) {
            throw new ParseException("The key set has more than " + MAX_KEYS + " keys.", 0);
        }
        var usable = keys.items().stream().flatMap(key -> key(key).stream()).toList();
        if (usable.isEmpty()) {
            throw new ParseException("The key set has no key for signatures that can be used.", 0);
        }
        return new JWKSet(usable);
    }

    private static Optional<JWK> key(Json value) {
        if (!(value instanceof Json.Obj object)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JWK.parse(members(object)))
                    .filter(key -> PublishedKey.of(key).isPresent());
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> members(Json.Obj key) {
        var members = new HashMap<String, Object>();
        for (var name : TEXTS) {
            if (key.get(name) instanceof Json.Text(String text)) {
                members.put(name, text);
            }
        }
        if (key.get("key_ops") instanceof Json.Arr operations) {
            members.put("key_ops", texts(operations));
        }
        return members;
    }

    private static List<Object> texts(Json.Arr list) {
        return list.items().stream()
                .flatMap(item -> item instanceof Json.Text(String text) ? Stream.of(text) : Stream.empty())
                .collect(Collectors.toList());
    }
}
