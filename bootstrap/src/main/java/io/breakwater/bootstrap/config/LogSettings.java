package io.breakwater.bootstrap.config;

import io.breakwater.server.interceptor.RequestLogging;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server logs, how and where.
 *
 * @param level the least severe level that is logged
 * @param format the format of the lines on standard error
 * @param file a file that also gets all lines, or null
 * @param errorsFile a file that also gets the lines of level error, or null
 * @param requests the requests that are logged
 */
public record LogSettings(
        Level level,
        Format format,
        @Nullable Path file,
        @Nullable Path errorsFile,
        RequestLogging requests) {

    /** The severity of a line. */
    public enum Level {
        /** An unexpected failure. */
        ERROR,
        /** A problem with which the server continues. */
        WARN,
        /** Information for operators. */
        INFO,
        /** Information for developers. */
        DEBUG,
        /** All details. */
        TRACE
    }

    /** The format of a line. */
    public enum Format {
        /** Text on a terminal, JSON otherwise. */
        AUTO,
        /** One JSON object per line. */
        JSON,
        /** Text for people. */
        TEXT
    }

    /** The names of these levels in Python's logging. */
    private static final Map<String, Level> SYNONYMS = Map.of("warning", Level.WARN, "critical", Level.ERROR);

    static final Setting<Level> LEVEL = Setting.choice("level", Level.class, SYNONYMS)
            .byDefault(Level.INFO)
            .alsoFrom("MCP_LOG_LEVEL")
            .description("The least severe level that is logged. `warning` and `critical` are accepted for `warn` and"
                    + " `error`. When the configuration file changes while the server runs, the new value takes"
                    + " effect.");

    static final Setting<Format> FORMAT = Setting.choice("format", Format.class)
            .byDefault(Format.AUTO)
            .description("The format of lines on standard error: `json`, `text`, or `auto` for text on a terminal and"
                    + " JSON otherwise. Files are always JSON.");

    static final Setting<Path> FILE = Setting.path("file")
            .description("A file that also gets all lines. It is rotated at 10 MiB, and five old files are kept.");

    static final Setting<Path> ERRORS_FILE = Setting.path("errors-file")
            .description("A file that also gets the lines of level error. It is rotated like `log.file`.");

    static final Setting<RequestLogging> REQUESTS = Setting.choice("requests", RequestLogging.class)
            .byDefault(RequestLogging.ERRORS)
            .description("The requests that are logged: `all`, `errors` for failed ones, or `sampled` for failed ones"
                    + " and one in a hundred of the others.");

    static LogSettings read(SectionReader log, boolean debug) {
        var level = log.get(debug ? LEVEL.byDefault(Level.DEBUG) : LEVEL);
        var format = log.get(FORMAT);
        var file = log.find(FILE);
        var errorsFile = log.find(ERRORS_FILE);
        if (file != null && file.equals(errorsFile)) {
            log.refuse(ERRORS_FILE, "it is the same file as log.file", "choose another file");
        }
        return new LogSettings(level, format, file, errorsFile, log.get(REQUESTS));
    }
}
