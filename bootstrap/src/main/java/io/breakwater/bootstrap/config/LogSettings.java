package io.breakwater.bootstrap.config;

import io.breakwater.server.interceptor.RequestLogging;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is logged, how and where.
 *
 * @param level the least severe level that is logged
 * @param format of the lines on standard error
 * @param file where lines go too, or null
 * @param errorsFile where lines of level error go too, or null
 * @param requests which requests get a line
 */
public record LogSettings(
        Level level,
        Format format,
        @Nullable Path file,
        @Nullable Path errorsFile,
        RequestLogging requests) {

    /** How severe a line is. */
    public enum Level {
        /** Something failed that should not. */
        ERROR,
        /** Something is not as it should be, and goes on. */
        WARN,
        /** What an operator wants to know. */
        INFO,
        /** What a developer wants to know. */
        DEBUG,
        /** Everything. */
        TRACE
    }

    /** How a line looks. */
    public enum Format {
        /** Text on a terminal, JSON otherwise. */
        AUTO,
        /** One JSON object a line. */
        JSON,
        /** For reading. */
        TEXT
    }

    /** The names that Python's logging has for these levels. */
    private static final Map<String, Level> SYNONYMS = Map.of("warning", Level.WARN, "critical", Level.ERROR);

    static final Setting<Level> LEVEL = Setting.choice("level", Level.class, SYNONYMS)
            .byDefault(Level.INFO)
            .alsoFrom("MCP_LOG_LEVEL")
            .means(
                    "The least severe level that is logged. `warning` and `critical` are accepted for `warn` and `error`."
                            + " When the file changes while the server runs, this setting follows.");

    static final Setting<Format> FORMAT = Setting.choice("format", Format.class)
            .byDefault(Format.AUTO)
            .means(
                    "How lines on standard error look: `json`, `text`, or `auto` for text on a terminal and JSON otherwise."
                            + " Files are always JSON.");

    static final Setting<Path> FILE = Setting.path("file")
            .means("A file that gets all lines too. It is rotated at 10 MiB, and five old ones are kept.");

    static final Setting<Path> ERRORS_FILE = Setting.path("errors-file")
            .means("A file that gets the lines of level error too. It is rotated like `log.file`.");

    static final Setting<RequestLogging> REQUESTS = Setting.choice("requests", RequestLogging.class)
            .byDefault(RequestLogging.ERRORS)
            .means(
                    "Which requests get a line: `all`, `errors` for those that failed, or `sampled` for those and one in a"
                            + " hundred of the others.");

    static LogSettings read(SectionReader log, boolean debug) {
        var level = log.get(debug ? LEVEL.byDefault(Level.DEBUG) : LEVEL);
        var format = log.get(FORMAT);
        var file = log.find(FILE);
        var errorsFile = log.find(ERRORS_FILE);
        if (file != null && file.equals(errorsFile)) {
            log.refuse(ERRORS_FILE, "it is the same file as log.file", "name another one");
        }
        return new LogSettings(level, format, file, errorsFile, log.get(REQUESTS));
    }
}
