package io.breakwater.bootstrap.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this program, which the build writes into the jar. */
public final class ProgramVersion {
    private static final String TEXT = read();

    private ProgramVersion() {}

    /** Returns the version, for example {@code 1.2.0}. */
    public static String text() {
        return TEXT;
    }

    private static String read() {
        try (var in = Objects.requireNonNull(ProgramVersion.class.getResourceAsStream("version.txt"), "version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
