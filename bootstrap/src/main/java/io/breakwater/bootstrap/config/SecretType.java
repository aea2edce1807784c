package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * A secret, whose value is never printed.
 *
 * @param min the minimum number of characters
 */
record SecretType(int min) implements SettingType<SecretValue> {

    @Override
    public @Nullable SecretValue parse(String text) {
        return text.length() < min ? null : SecretValue.of(text);
    }

    @Override
    public String text(SecretValue value) {
        return SecretValue.MASK;
    }

    @Override
    public String allowed() {
        return min == 1 ? "a secret" : "a secret of at least " + min + " characters";
    }

    @Override
    public boolean admits(SecretValue value) {
        return value.reveal().length() >= min;
    }

    @Override
    public boolean secret() {
        return true;
    }
}
