package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The credential with which a command calls a server. It is not an argument, which other users could see. */
final class CredentialOption {
    private static final Pattern SYNTAX = Pattern.compile("[!-~]{1,16384}");

    @Option(
            names = "--credential",
            paramLabel = "@FILE|-",
            description = "The API key or token to send: @FILE reads it from a file, - from standard input; by default"
                    + " auth.credential of the configuration.")
    private @Nullable String source;

    /** Returns the credential of the option; null without the option. */
    @Nullable
    SecretValue read(ProcessEnvironment process) {
        if (source == null) {
            return null;
        }
        var text = text(process, source).strip();
        if (!SYNTAX.matcher(text).matches()) {
            throw new NoSuchElementException("--credential: there is no API key or token in "
                    + (source.equals("-") ? "the standard input" : source.substring(1)) + ".");
        }
        return SecretValue.of(text);
    }

    private static String text(ProcessEnvironment process, String source) {
        try {
            if (source.equals("-")) {
                return new String(process.in().readAllBytes(), StandardCharsets.UTF_8);
            }
            if (source.startsWith("@")) {
                return Files.readString(process.folder().resolve(Path.of(source.substring(1))));
            }
        } catch (NoSuchFileException missing) {
            throw new NoSuchElementException(
                    "--credential cannot be read: the file " + source.substring(1) + " does not exist.", missing);
        } catch (IOException unreadable) {
            throw new NoSuchElementException("--credential cannot be read: " + unreadable, unreadable);
        }
        throw new NoSuchElementException("--credential must be @FILE, or - for standard input, and not the credential"
                + " itself: other users of this machine can see arguments.");
    }
}
