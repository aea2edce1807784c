package io.breakwater.bootstrap.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** The option that selects the output format. */
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = Formats.class,
            description = "The output format: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private Format format = Format.TEXT;

    /** The output formats; their text form is in lower case. */
    enum Format {
        /** Text for people. */
        TEXT,
        /** JSON for programs. */
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads the name of a format. */
    static final class Formats extends EnumConverter<Format> {
        Formats() {
            super(Format.class);
        }
    }

    boolean json() {
        return format == Format.JSON;
    }
}
