package io.breakwater.bootstrap.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the text files of a configuration. */
final class ConfigFile {
    private static final int MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    /** Returns the groups in a file of YAML or JSON; its name is relative to the folder. */
    static ConfigurationNode.Group load(Path file, Path folder, Consumer<ConfigurationError> errors) {
        try {
            return YamlReader.read(file.toString(), read(folder.resolve(file)), errors);
        } catch (IOException unreadable) {
            var origin = new ValueOrigin.File(file.toString(), 1, 1);
            throw new UnreadableSourceException(
                    new ConfigurationError(origin, "", "the file cannot be read", reason(unreadable)));
        }
    }

    /** Returns the text of a file, which must be UTF-8 and at most 1 MiB. */
    static String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it is larger than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    /** Returns the reason why a file could not be read, as a clause. */
    static String reason(Exception unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> "it does not exist";
            case FileNotFoundException missing -> "it does not exist";
            case AccessDeniedException denied -> "reading it is not permitted";
            case CharacterCodingException broken -> "it is not UTF-8 text";
            default -> String.valueOf(unreadable.getMessage());
        };
    }
}
