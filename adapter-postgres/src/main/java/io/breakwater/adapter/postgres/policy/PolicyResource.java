package io.breakwater.adapter.postgres.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads a text file in the package of these classes. */
final class PolicyResource {
    private PolicyResource() {}

    static String text(String name) {
        try (var file = Objects.requireNonNull(PolicyResource.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
