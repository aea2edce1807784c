package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.ServiceOrigin;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port of an HTTP service. */
record OriginType() implements SettingType<ServiceOrigin> {

    @Override
    public @Nullable ServiceOrigin parse(String text) {
        try {
            return ServiceOrigin.parse(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    @Override
    public String text(ServiceOrigin value) {
        return value.toString();
    }

    @Override
    public boolean mayContainSecret(String text) {
        return UrlText.mayContainSecret(text);
    }

    @Override
    public String allowed() {
        return "http://host:port or https://host:port, without a user, a path and a query";
    }
}
