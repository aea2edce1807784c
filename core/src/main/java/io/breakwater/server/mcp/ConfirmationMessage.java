package io.breakwater.server.mcp;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sentence with which a user is asked to confirm a call: what happens, where, and to how many objects. The sentence
 * is the tool's; the values in it come from a caller or from data, so they cannot change its meaning: they are quoted,
 * long ones are cut visibly, and characters that begin a line, reorder text or are invisible are replaced.
 *
 * @see AbstractToolBuilder#confirm
 */
public final class ConfirmationMessage {
    private static final String PLACEHOLDER = "{}";
    private static final int MAX_ITEMS = 10;

    private final String text;
    private final @Nullable Object subject;

    private ConfirmationMessage(String text, @Nullable Object subject) {
        this.text = text;
        this.subject = subject;
    }

    /**
     * Creates a message.
     *
     * <pre>{@code ConfirmationMessage.of("Delete the order {} of {} for good?", order.number(), order.customer())}</pre>
     *
     * @param template the sentence, with <code>{}</code> for each value
     * @param values the values in their order. Numbers and booleans appear as they are, text in quotes, and of a
     *     collection the first ten elements and the number of the others
     * @throws IllegalArgumentException if there is not one value for each placeholder
     */
    public static ConfirmationMessage of(String template, @Nullable Object... values) {
        Preconditions.notNull(template, "ConfirmationMessage", "of");
        var text = new StringBuilder();
        int from = 0;
        for (var value : values) {
            int at = template.indexOf(PLACEHOLDER, from);
            if (at < 0) {
                throw mismatch(template, values.length);
            }
            text.append(ShownText.of(template.substring(from, at))).append(shown(value));
            from = at + PLACEHOLDER.length();
        }
        if (template.indexOf(PLACEHOLDER, from) >= 0) {
            throw mismatch(template, values.length);
        }
        return new ConfirmationMessage(
                text.append(ShownText.of(template.substring(from))).toString(), null);
    }

    /**
     * Returns this message with the data that it describes. The handler receives the data with {@link Call#confirmed}, so
     * that it can change this version of the data and no other.
     *
     * @param data immutable
     */
    public ConfirmationMessage about(Object data) {
        return new ConfirmationMessage(text, Preconditions.notNull(data, "ConfirmationMessage", "about"));
    }

    private static IllegalArgumentException mismatch(String template, int values) {
        return new IllegalArgumentException("ConfirmationMessage.of(...) needs one value for each {}: there are "
                + values + " values for \"" + template + "\".");
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "(none)";
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case Collection<?> items -> shown(items);
            default -> ShownText.quoted(value.toString());
        };
    }

    private static String shown(Collection<?> items) {
        var first = items.stream()
                .limit(MAX_ITEMS)
                .map(item -> item instanceof Number ? item.toString() : ShownText.quoted(String.valueOf(item)))
                .collect(Collectors.joining(", "));
        int others = items.size() - MAX_ITEMS;
        return others > 0 ? first + " and " + others + " more" : first;
    }

    /** Returns the message as the user sees it. */
    public String text() {
        return text;
    }

    /** Returns the data that the message describes; null if it is {@linkplain #about not given}. */
    public @Nullable Object subject() {
        return subject;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConfirmationMessage message && message.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
