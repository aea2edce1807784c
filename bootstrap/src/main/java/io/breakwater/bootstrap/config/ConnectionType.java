package io.breakwater.bootstrap.config;

import io.breakwater.adapter.postgres.ConnectionString;
import org.jspecify.annotations.Nullable;

/** The URL of a PostgreSQL server; its text form omits the login. */
record ConnectionType() implements SettingType<ConnectionString> {

    @Override
    public @Nullable ConnectionString parse(String text) {
        try {
            return ConnectionString.of(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** Reports the exact problem, unlike {@link #parse}. */
    @Override
    public ConnectionString read(ConfigurationNode node) {
        if (!(node instanceof ConfigurationNode.Scalar(String text, ValueOrigin origin, boolean quoted))) {
            return SettingType.super.read(node);
        }
        try {
            return ConnectionString.of(text);
        } catch (IllegalArgumentException none) {
            throw new InvalidValueException(origin, "the value is not valid", String.valueOf(none.getMessage()));
        }
    }

    @Override
    public String text(ConnectionString value) {
        return value.toString();
    }

    @Override
    public String allowed() {
        return "postgresql://user:password@host:5432/database?sslmode=verify-full, or the same beginning with jdbc:";
    }

    @Override
    public boolean admits(ConnectionString value) {
        return true;
    }

    @Override
    public boolean secret() {
        return true;
    }
}
