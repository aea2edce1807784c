package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.breakwater.bootstrap.console.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Set;

/**
 * Formats a log line as one JSON object: {@code timestamp} (UTC), {@code level}, {@code logger}, {@code message}, then
 * every field under its own name, then {@code exception}. Control characters are escaped, so that a message cannot
 * begin a new line.
 *
 * <p>Logback's {@code JsonEncoder} cannot write these lines. Its timestamp is a number, it names the logger
 * {@code loggerName}, and it writes fields below {@code kvpList} and {@code mdc}, each value as a string. It escapes no
 * control characters above U+001F, and it writes names of loggers and exceptions without escapes; an exception has no
 * limit of length. A subclass would have to replace every member.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final Set<String> RESERVED = Set.of("timestamp", "level", "logger", "message", "exception");
    private static final byte[] EMPTY = {};

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(256);
        line.append("{\"timestamp\":\"").append(TIME.format(event.getInstant()));
        line.append("\",\"level\":\"").append(event.getLevel()).append('"');
        text(line, "logger", event.getLoggerName());
        text(line, "message", String.valueOf(event.getFormattedMessage()));
        LogFields.of(event).forEach((name, value) -> field(line, RESERVED.contains(name) ? "_" + name : name, value));
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            text(line, "exception", StackText.of(thrown));
        }
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void field(StringBuilder line, String name, Object value) {
        switch (value) {
            case Boolean flag -> literal(line, name, flag);
            case Integer number -> literal(line, name, number);
            case Long number -> literal(line, name, number);
            case Double number when Double.isFinite(number) -> literal(line, name, number);
            default -> text(line, name, String.valueOf(value));
        }
    }

    private static void literal(StringBuilder line, String name, Object value) {
        name(line, name);
        line.append(value);
    }

    private static void text(StringBuilder line, String name, String value) {
        name(line, name);
        JsonText.quote(value, line);
    }

    private static void name(StringBuilder line, String name) {
        line.append(',');
        JsonText.quote(name, line);
        line.append(':');
    }

    @Override
    public byte[] headerBytes() {
        return EMPTY;
    }

    @Override
    public byte[] footerBytes() {
        return EMPTY;
    }
}
