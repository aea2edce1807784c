package io.breakwater.bootstrap.cli;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program is started again by somebody else. */
final class LaunchCommand {
    private LaunchCommand() {}

    /** The launcher beside the jar if there is one, else Java with our class path. */
    static List<String> command() {
        var place = place();
        var script = place.resolveSibling("breakwater");
        return Files.isExecutable(script) && Files.isRegularFile(script) ? List.of(script.toString()) : java(place);
    }

    private static List<String> java(Path place) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Files.isRegularFile(place)) {
            command.addAll(List.of("-jar", place.toString()));
        } else {
            var absolute = new ArrayList<String>();
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                absolute.add(Path.of(entry).toAbsolutePath().toString());
            }
            command.addAll(List.of("-cp", String.join(File.pathSeparator, absolute), Main.class.getName()));
        }
        return command;
    }

    /** The jar, or the folder of classes. */
    private static Path place() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
