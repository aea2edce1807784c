package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.breakwater.bootstrap.console.Sanitizer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Formats a log line for people: time, level, message, fields; then the exception, if any, on separate lines. */
final class TextEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] EMPTY = {};

    private final DateTimeFormatter time;
    private final boolean coloured;

    TextEncoder(ZoneId zone, boolean coloured) {
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
        this.coloured = coloured;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(160);
        line.append(time.format(event.getInstant())).append(' ').append(level(event.getLevel()));
        line.append(' ').append(Sanitizer.line(String.valueOf(event.getFormattedMessage())));
        LogFields.of(event)
                .forEach((name, value) -> line.append("  ")
                        .append(Sanitizer.line(name))
                        .append('=')
                        .append(Sanitizer.line(String.valueOf(value))));
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append('\n').append(StackText.of(thrown));
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private String level(Level level) {
        var padded =
                level.toString() + " ".repeat(5 - Math.min(5, level.toString().length()));
        if (!coloured) {
            return padded;
        }
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "\u001b[31m" + padded + "\u001b[0m";
            case Level.WARN_INT -> "\u001b[33m" + padded + "\u001b[0m";
            case Level.INFO_INT -> "\u001b[32m" + padded + "\u001b[0m";
            default -> "\u001b[2m" + padded + "\u001b[0m";
        };
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
