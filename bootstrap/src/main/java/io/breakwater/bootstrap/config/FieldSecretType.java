package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * A secret that is sent in a header field. Its value is never printed.
 *
 * @param spaces whether it may contain spaces
 */
record FieldSecretType(boolean spaces) implements SettingType<SecretValue> {

    @Override
    public @Nullable SecretValue parse(String text) {
        return isAllowed(text) ? SecretValue.of(text) : null;
    }

    private boolean isAllowed(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> (c > ' ' && c < 127) || (spaces && c == ' '));
    }

    @Override
    public String text(SecretValue value) {
        return SecretValue.MASK;
    }

    @Override
    public String allowed() {
        return "a secret of printable ASCII characters" + (spaces ? "" : " without spaces");
    }

    @Override
    public boolean admits(SecretValue value) {
        return isAllowed(value.reveal());
    }

    @Override
    public boolean secret() {
        return true;
    }
}
