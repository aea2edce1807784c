package io.breakwater.bootstrap.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The built distribution. */
final class Distribution {
    /** Tests run in the folder of their module. */
    private static final Path LAUNCHER =
            Path.of("target", "breakwater", "breakwater").toAbsolutePath();

    private Distribution() {}

    /** The program that starts it. */
    static Path launcher() {
        if (!Files.isExecutable(LAUNCHER)) {
            throw new AssertionError("There is no " + LAUNCHER + "; these tests run when the distribution is built:"
                    + " ./verify, or mvn verify");
        }
        return LAUNCHER;
    }

    /** The command line that starts it with these words. */
    static List<String> command(String... words) {
        var command = new ArrayList<String>();
        command.add(launcher().toString());
        command.addAll(List.of(words));
        return command;
    }
}
