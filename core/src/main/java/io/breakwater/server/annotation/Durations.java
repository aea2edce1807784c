package io.breakwater.server.annotation;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;

/** The durations in annotations, which hold texts only. */
final class Durations {
    private Durations() {}

    /** Passes the duration to the consumer, if the text is not empty. */
    static void ifPresent(AnnotatedMethod method, String member, String text, Consumer<Duration> consumer) {
        if (!text.isEmpty()) {
            consumer.accept(parse(method, member, text));
        }
    }

    /** Refuses two durations that exclude each other. */
    static void refuseBoth(AnnotatedMethod method, String cacheFor, String cacheForAll) {
        if (!cacheFor.isEmpty() && !cacheForAll.isEmpty()) {
            throw method.refused("cacheFor and cacheForAll exclude each other. Keep one of them.");
        }
    }

    private static Duration parse(AnnotatedMethod method, String member, String text) {
        var duration = read(method, member, text);
        if (duration.isNegative()) {
            throw method.refused(member + " is \"" + text
                    + "\", but must be longer than zero. Write, for example, PT5M for five minutes.");
        }
        return duration;
    }

    private static Duration read(AnnotatedMethod method, String member, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw method.refused(
                    member + " is \"" + text + "\". Write a duration as in ISO 8601, such as PT5M for five minutes.");
        }
    }
}
