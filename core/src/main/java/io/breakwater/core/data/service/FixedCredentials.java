package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.server.settings.ServiceCredentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** Credentials that do not change. */
final class FixedCredentials implements RequestCredentials {
    private final Map<String, String> fields;

    private FixedCredentials(Map<String, String> fields) {
        this.fields = fields;
    }

    static FixedCredentials none() {
        return new FixedCredentials(Map.of());
    }

    static FixedCredentials of(ServiceCredentials.HeaderField settings) {
        return new FixedCredentials(Map.of(
                settings.field().toLowerCase(Locale.ROOT), settings.value().reveal()));
    }

    static FixedCredentials of(ServiceCredentials.Bearer settings) {
        return new FixedCredentials(
                Map.of("authorization", "Bearer " + settings.token().reveal()));
    }

    static FixedCredentials of(ServiceCredentials.Basic settings) {
        return new FixedCredentials(Map.of(
                "authorization", basic(settings.user(), settings.password().reveal())));
    }

    /** Returns the value of the field {@code Authorization} (RFC 7617). */
    static String basic(String user, String password) {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public Map<String, String> fields(CallContext context) {
        return fields;
    }
}
