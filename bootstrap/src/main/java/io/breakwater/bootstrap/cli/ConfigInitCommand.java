package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.config.YamlWriter;
import io.breakwater.port.PortException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater config init}. */
@Command(name = "init", description = "Writes a file with all settings and their descriptions, commented out.")
final class ConfigInitCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = Configuration.DEFAULT_FILE,
            description = "The file to write; ${DEFAULT-VALUE} by default.")
    private Path file = Path.of(Configuration.DEFAULT_FILE);

    @Option(names = "--force", description = "Replaces an existing file.")
    private boolean force;

    ConfigInitCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var template = YamlWriter.template(
                Configuration.load(ConfigurationSources.none()).sections());
        try {
            PrivateFile.write(process.folder().resolve(file), template, force);
        } catch (FileAlreadyExistsException exists) {
            throw new PortException.RefusedException(file + " already exists. Use --force to replace it.", exists);
        } catch (IOException unwritable) {
            throw new PortException.RefusedException(
                    file + " cannot be written: " + unwritable.getMessage(), unwritable);
        }
        CommandLines.lines(process.out(), "Wrote " + file + ".");
        return ExitCode.OK;
    }
}
