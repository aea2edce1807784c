package io.breakwater.server.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI template (RFC 6570 level 1) whose variables stand for one segment each.
 *
 * @param text the template as written
 * @param variables the names of the variables, in their order
 * @param pattern the URIs that match, with one group for each variable
 */
record UriTemplate(String text, List<String> variables, Pattern pattern) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** Parses a template. Groups never span a slash, so a match takes little time. */
    static UriTemplate parse(String text) {
        var regex = new StringBuilder();
        var variables = new ArrayList<String>();
        var matcher = VARIABLE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(text.substring(end, matcher.start()))).append("([^/]+)");
            add(matcher.group(1), variables, text);
            end = matcher.end();
        }
        var rest = text.substring(end);
        if (variables.isEmpty() || rest.contains("{")) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a resource template: it must have {variables}, each a name in braces"
                    + " (RFC 6570 level 1).");
        }
        var pattern = Pattern.compile(regex.append(Pattern.quote(rest)).toString());
        return new UriTemplate(text, List.copyOf(variables), pattern);
    }

    private static void add(String variable, List<String> variables, String text) {
        if (variables.contains(variable)) {
            throw new IllegalArgumentException("The resource template " + text + " has two variables with the name "
                    + variable + ". Give each variable a name of its own.");
        }
        variables.add(variable);
    }

    /** Returns the decoded values of the variables, by name, if the URI matches. */
    Optional<Map<String, String>> match(String uri) {
        Matcher matcher = pattern.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < variables.size(); i++) {
            var value = PercentDecoder.decode(matcher.group(i + 1));
            if (value == null) {
                return Optional.empty();
            }
            values.put(variables.get(i), value);
        }
        return Optional.of(values);
    }

    /** Returns the URI with these values, encoded; every variable must have one. */
    String expand(Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(variable -> {
            var value = values.get(variable.group(1));
            if (value == null) {
                throw new IllegalArgumentException("The template " + text + " needs a value for " + variable.group(1));
            }
            return Matcher.quoteReplacement(PercentDecoder.encode(value));
        });
    }
}
