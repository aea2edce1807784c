package io.breakwater.bootstrap.config;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.port.Json;
import io.breakwater.server.settings.ServiceOrigin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one setting.
 *
 * @param name the name within its section, such as {@code allowed-hosts}
 * @param kind the type, which determines the format and the allowed values
 * @param fallback the default value, or null when there is none
 * @param description one or two sentences for the operator
 * @param variables further environment variables, in addition to the one derived from its path
 */
record Setting<T>(
        String name, SettingType<T> kind, @Nullable T fallback, String description, List<String> variables) {
    private static final Pattern ANY_TEXT = Pattern.compile("(?s).{1,10000}");

    private Setting(String name, SettingType<T> kind) {
        this(name, kind, null, "", List.of());
    }

    static Setting<Integer> whole(String name, int min, int max) {
        return new Setting<>(name, new IntegerType(min, max));
    }

    static Setting<Integer> atLeast(String name, int min) {
        return whole(name, min, Integer.MAX_VALUE);
    }

    static Setting<String> text(String name) {
        return new Setting<>(name, TextType.matching(ANY_TEXT, "text of at most 10000 characters"));
    }

    static Setting<String> text(String name, String pattern, String allowed) {
        return new Setting<>(name, TextType.matching(Pattern.compile(pattern), allowed));
    }

    static Setting<String> text(String name, String pattern, Predicate<String> condition, String allowed) {
        var written = Pattern.compile(pattern).asMatchPredicate();
        return new Setting<>(name, new TextType(written.and(condition), allowed));
    }

    static Setting<List<String>> texts(String name, String pattern, String allowed) {
        return new Setting<>(name, new ListType<>(TextType.matching(Pattern.compile(pattern), allowed)));
    }

    /** Creates a setting for texts that a consumer accepts; it throws an IllegalArgumentException for others. */
    static Setting<List<String>> texts(String name, String pattern, Consumer<String> consumer, String allowed) {
        var written = Pattern.compile(pattern).asMatchPredicate();
        return new Setting<>(
                name, new ListType<>(new TextType(text -> written.test(text) && isAccepted(consumer, text), allowed)));
    }

    private static boolean isAccepted(Consumer<String> consumer, String text) {
        try {
            consumer.accept(text);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    static Setting<Boolean> flag(String name) {
        return new Setting<>(name, new BooleanType());
    }

    static Setting<Duration> duration(String name, Duration min, Duration max) {
        return new Setting<>(name, new DurationType(min, max));
    }

    static Setting<Rate> rate(String name) {
        return new Setting<>(name, new RateType());
    }

    /** Creates a setting for a number of at least 1, or {@code off}, which is 0. */
    static Setting<Long> amount(String name) {
        return new Setting<>(name, new AmountType());
    }

    static Setting<Long> size(String name, long min, long max) {
        return new Setting<>(name, new SizeType(min, max));
    }

    static Setting<Double> share(String name) {
        return new Setting<>(name, new PercentageType());
    }

    static Setting<Double> shareAboveZero(String name) {
        return new Setting<>(name, new PercentageType(false));
    }

    static <E extends Enum<E>> Setting<E> choice(String name, Class<E> choices) {
        return choice(name, choices, Map.of());
    }

    /** Creates a choice that also accepts synonyms of its constants. */
    static <E extends Enum<E>> Setting<E> choice(String name, Class<E> choices, Map<String, E> synonyms) {
        return new Setting<>(name, new ChoiceType<>(List.of(choices.getEnumConstants()), synonyms));
    }

    static Setting<Path> path(String name) {
        return new Setting<>(name, new PathType());
    }

    static Setting<SecretValue> secret(String name, int min) {
        return new Setting<>(name, new SecretType(min));
    }

    /** Creates a setting for a secret that is sent in a header field. */
    static Setting<SecretValue> fieldSecret(String name, boolean spaces) {
        return new Setting<>(name, new FieldSecretType(spaces));
    }

    static Setting<SecretValue> strongSecret(String name) {
        return new Setting<>(name, new StrongSecretType());
    }

    static Setting<String> publicUrl(String name) {
        return new Setting<>(name, new PublicUrlType());
    }

    static Setting<URI> url(String name) {
        return new Setting<>(name, new UrlType());
    }

    static Setting<ServiceOrigin> origin(String name) {
        return new Setting<>(name, new OriginType());
    }

    static Setting<List<ServiceOrigin>> origins(String name) {
        return new Setting<>(name, new DistinctListType<>(new ListType<>(new OriginType())));
    }

    static <T> Setting<List<T>> groups(String name, GroupType<T> group) {
        return new Setting<>(name, new ListType<>(group));
    }

    /** Creates a setting for any value: a text, a number, a truth value, a list or a group. */
    static Setting<Json> json(String name) {
        return new Setting<>(name, JsonType.ANY);
    }

    /** Creates a setting for a group of values, whose names are not those of settings. */
    static Setting<Json> jsonGroup(String name) {
        return new Setting<>(name, JsonType.GROUP);
    }

    /** Creates a setting for several constants of an enum. */
    static <E extends Enum<E>> Setting<List<E>> choices(String name, Class<E> choices) {
        return new Setting<>(name, new ListType<>(new ChoiceType<>(List.of(choices.getEnumConstants()), Map.of())));
    }

    static Setting<ConnectionString> connection(String name) {
        return new Setting<>(name, new ConnectionType());
    }

    static Setting<List<ConnectionString>> connections(String name) {
        return new Setting<>(name, new ListType<>(new ConnectionType()));
    }

    static Setting<List<SecretValue>> secrets(String name, int min) {
        return new Setting<>(name, new ListType<>(new SecretType(min)));
    }

    Setting<T> byDefault(T value) {
        return new Setting<>(name, kind, value, description, variables);
    }

    Setting<T> description(String sentences) {
        return new Setting<>(name, kind, fallback, sentences, variables);
    }

    Setting<T> alsoFrom(String... names) {
        return new Setting<>(name, kind, fallback, description, List.of(names));
    }

    /** Returns the value if it is allowed; for compact constructors, whose values are not read from a source. */
    T checked(T value) {
        if (!kind.admits(value)) {
            throw new IllegalArgumentException(
                    "'" + name + "' must be " + kind.allowed() + ", and was " + kind.text(value));
        }
        return value;
    }
}
