package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;

/**
 * The replacement for a match: a text in which {@code $0} to {@code $99} are the groups of the match and {@code $$} is
 * a dollar sign, or a function of the match.
 */
final class Replacement {
    private final Object replacement;
    private final EvaluationBudget budget;

    private Replacement(Object replacement, EvaluationBudget budget) {
        this.replacement = replacement;
        this.budget = budget;
    }

    static Replacement of(FunctionArguments arguments, int index) {
        var replacement = arguments.get(index);
        if (replacement == null) {
            throw EvaluationLimitException.because("$replace needs a replacement: a string or a function.");
        }
        return new Replacement(replacement, arguments.budget());
    }

    /** Returns the text with its first matches replaced. */
    String replace(Matcher matcher, String text, int limit) {
        var result = new StringBuilder();
        int position = 0;
        for (int count = 0; count < limit && PatternFunction.advance(matcher); count++) {
            result.append(text, position, matcher.start()).append(replacementFor(matcher));
            budget.checkSize(result.length());
            position = matcher.end();
        }
        return result.append(text, position, text.length()).toString();
    }

    private String replacementFor(Matcher matcher) {
        if (replacement instanceof String template) {
            return expand(template, matcher);
        }
        if (apply(matcher) instanceof String text) {
            return text;
        }
        throw EvaluationLimitException.because("The function given to $replace must return a string.");
    }

    private Object apply(Matcher matcher) {
        var match = new LinkedHashMap<String, Object>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", PatternFunction.groups(matcher));
        try {
            return Functions.funcApply(replacement, List.of(match));
        } catch (JException | StackOverflowError e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A function given to $replace failed.", e);
        }
    }

    private static String expand(String template, Matcher matcher) {
        var expand = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i++);
            if (c != '$' || i == template.length()) {
                expand.append(c);
            } else if (template.charAt(i) == '$') {
                expand.append('$');
                i++;
            } else if (isDigit(template.charAt(i))) {
                int digits = digits(template, i, matcher.groupCount());
                expand.append(groupText(matcher, Integer.parseInt(template.substring(i, i + digits))));
                i += digits;
            } else {
                expand.append(c);
            }
        }
        return expand.toString();
    }

    /**
     * Returns the number of digits of a group number: {@code $12} is group 12 if there are that many groups, and
     * otherwise group 1 followed by a 2.
     */
    private static int digits(String template, int at, int groups) {
        boolean two = at + 1 < template.length() && isDigit(template.charAt(at + 1));
        return two && Integer.parseInt(template.substring(at, at + 2)) <= groups ? 2 : 1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String groupText(Matcher matcher, int group) {
        var groupText = group <= matcher.groupCount() ? matcher.group(group) : null;
        return groupText == null ? "" : groupText;
    }
}
