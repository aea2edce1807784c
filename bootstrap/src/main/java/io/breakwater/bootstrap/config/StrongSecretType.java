package io.breakwater.bootstrap.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.ApiKeyFormat.KeyParts;
import io.breakwater.port.support.SecretStrength;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A secret that must look random, because it admits callers or signs tokens. Its value is never printed. */
record StrongSecretType() implements SettingType<SecretValue> {
    @Override
    public @Nullable SecretValue parse(String text) {
        return isStrong(text) ? SecretValue.of(text) : null;
    }

    /** Says what makes the secret weak. */
    @Override
    public SecretValue read(ConfigurationNode node) {
        if (node instanceof ConfigurationNode.Scalar(String text, ValueOrigin origin, boolean quoted)
                && !isStrong(text.strip())) {
            var weakness = weakness(text.strip()).orElseThrow();
            throw new InvalidValueException(origin, "the secret can be guessed: it " + weakness, SecretStrength.REMEDY);
        }
        return SettingType.super.read(node);
    }

    private static boolean isStrong(String text) {
        return weakness(text).isEmpty();
    }

    /** In an API key, the id does not count, because it is not secret. */
    private static Optional<String> weakness(String text) {
        var secret = ApiKeyFormat.parse(text).map(KeyParts::secret).orElse(text);
        return SecretStrength.weakness(secret.getBytes(UTF_8)).or(() -> SecretStrength.weakness(text.getBytes(UTF_8)));
    }

    @Override
    public String text(SecretValue value) {
        return SecretValue.MASK;
    }

    @Override
    public String allowed() {
        return "a random secret of at least " + SecretStrength.MIN_BYTES + " characters";
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
