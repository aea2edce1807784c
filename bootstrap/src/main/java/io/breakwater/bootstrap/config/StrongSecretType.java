package io.breakwater.bootstrap.config;

import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.SecretStrength;
import org.jspecify.annotations.Nullable;

/** A secret that must look random, because it admits callers or signs tokens. Its value is never printed. */
record StrongSecretType() implements SettingType<SecretValue> {
    private static final String REMEDY = "create a random one with: openssl rand -base64 48";

    @Override
    public @Nullable SecretValue parse(String text) {
        return isStrong(text) ? SecretValue.of(text) : null;
    }

    /** Says what makes the secret weak. */
    @Override
    public SecretValue read(ConfigurationNode node) {
        if (node instanceof ConfigurationNode.Scalar(String text, ValueOrigin origin, boolean quoted)
                && !isStrong(text.strip())) {
            var weakness = SecretStrength.weakness(text.strip()).orElseThrow();
            throw new InvalidValueException(origin, "the secret can be guessed: it " + weakness, REMEDY);
        }
        return SettingType.super.read(node);
    }

    private static boolean isStrong(String text) {
        return ApiKeyFormat.parse(text).isPresent()
                || SecretStrength.weakness(text).isEmpty();
    }

    @Override
    public String text(SecretValue value) {
        return SecretValue.MASK;
    }

    @Override
    public String allowed() {
        return "a random secret of at least " + SecretStrength.MIN_LENGTH + " characters";
    }

    @Override
    public boolean admits(SecretValue value) {
        return isStrong(value.reveal());
    }

    @Override
    public boolean secret() {
        return true;
    }
}
