package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import io.breakwater.core.validation.Regex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a value of the expression language, in which it is a function: applied to a text, it returns
 * the first match, with a function {@code next} for the following one.
 */
final class PatternFunction extends JFunction {
    private final Regex regex;
    private final EvaluationBudget budget;

    PatternFunction(Regex regex, EvaluationBudget budget) {
        super((input, arguments) -> null, "<s:o>");
        this.regex = regex;
        this.budget = budget;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object call(@Nullable Object input, List arguments) {
        return !arguments.isEmpty() && arguments.getFirst() instanceof String text ? nextOf(matcher(text)) : null;
    }

    /** Returns a matcher for a text. */
    Matcher matcher(String text) {
        return regex.matcher(text, budget::addCharRead);
    }

    /**
     * Moves to the next match.
     *
     * @throws EvaluationLimitException if a match is empty, because such matches would never end
     */
    static boolean advance(Matcher matcher) {
        if (!matcher.find()) {
            return false;
        }
        if (matcher.start() == matcher.end()) {
            throw EvaluationLimitException.because(
                    "A regular expression matches a text of length zero; change it so that it needs a character.");
        }
        return true;
    }

    /** Returns the text of each group of a match; null for a group that did not take part. */
    static List<Object> groups(Matcher matcher) {
        var groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            var text = matcher.group(i);
            groups.add(text == null ? Jsonata.NULL_VALUE : text);
        }
        return groups;
    }

    private static @Nullable Map<String, Object> nextOf(Matcher matcher) {
        if (!advance(matcher)) {
            return null;
        }
        var match = new LinkedHashMap<String, Object>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", groups(matcher));
        match.put("next", new JFunction((input, arguments) -> nextOf(matcher), "<x?:o>"));
        return match;
    }
}
