package io.breakwater.bootstrap.cli;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command with which another program starts this one. */
final class LaunchCommand {
    private LaunchCommand() {}

    /** Returns the launcher beside the jar if there is one, otherwise Java with the current class path. */
    static List<String> command() {
        var location = location();
        var script = location.resolveSibling("breakwater");
        return Files.isExecutable(script) && Files.isRegularFile(script) ? List.of(script.toString()) : java(location);
    }

    private static List<String> java(Path location) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Files.isRegularFile(location)) {
            command.addAll(List.of("-jar", location.toString()));
        } else {
            var absolute = new ArrayList<String>();
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                absolute.add(Path.of(entry).toAbsolutePath().toString());
            }
            command.addAll(List.of("-cp", String.join(File.pathSeparator, absolute), Main.class.getName()));
        }
        return command;
    }

    /** Returns the jar, or the folder of classes. */
    private static Path location() {
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
