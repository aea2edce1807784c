package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * A value that is never shown.
 *
 * @param least how many characters it has at the least
 */
record SecretKind(int least) implements Kind<Secret> {

    @Override
    public @Nullable Secret parse(String text) {
        return text.length() < least ? null : Secret.of(text);
    }

    @Override
    public String show(Secret value) {
        return Secret.MASK;
    }

    @Override
    public String allowed() {
        return "a secret of at least " + least + " characters";
    }

    @Override
    public boolean admits(Secret value) {
        return value.reveal().length() >= least;
    }

    @Override
    public boolean secret() {
        return true;
    }
}
