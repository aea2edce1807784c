package io.breakwater.bootstrap.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** For people or for programs. */
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = Formats.class,
            description = "How to print: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
    private Format format = Format.TEXT;

    /** The ways to print; in lower case, as they are written. */
    enum Format {
        /** For people. */
        TEXT,
        /** For programs. */
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
