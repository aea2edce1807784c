package io.breakwater.sample.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Files of tests outside the project: none is left when the tests are over. */
public final class Scratch {
    private Scratch() {}

    /** A new folder, which is deleted with its content when the JVM ends. All writers must have finished by then. */
    public static Path folder(String name) {
        try {
            var folder = Files.createTempDirectory(name);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a folder away with all in it, if it is there. */
    public static void delete(Path folder) {
        try {
            for (var path : innermostFirst(folder)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            // as wanted
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> innermostFirst(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
