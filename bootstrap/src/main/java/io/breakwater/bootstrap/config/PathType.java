package io.breakwater.bootstrap.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or folder; a relative path starts at the folder in which the server was started. */
record PathType() implements SettingType<Path> {

    @Override
    public @Nullable Path parse(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException notAPath) {
            return null;
        }
    }

    @Override
    public String text(Path value) {
        return value.toString();
    }

    @Override
    public String allowed() {
        return "the path of a file";
    }
}
