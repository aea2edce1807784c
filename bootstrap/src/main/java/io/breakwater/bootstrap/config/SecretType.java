package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * A secret, whose value is never printed.
 *
 * @param least the minimum number of characters
 */
record SecretType(int least) implements SettingType<SecretValue> {

    @Override
    public @Nullable SecretValue parse(String text) {
        return text.length() < least ? null : SecretValue.of(text);
    }

    @Override
    public String text(SecretValue value) {
        return SecretValue.MASK;
    }

    @Override
    public String allowed() {
        return "a secret of at least " + least + " characters";
    }

    @Override
    public boolean admits(SecretValue value) {
        return value.reveal().length() >= least;
    }

    @Override
    public boolean secret() {
        return true;
    }
}
