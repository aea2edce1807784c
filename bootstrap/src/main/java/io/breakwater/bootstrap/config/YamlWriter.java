package io.breakwater.bootstrap.config;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a configuration as a valid YAML file: with the origin of each value, or as a template. */
public final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/.][A-Za-z0-9/._%-]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]*)?([eE][0-9]+)?");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off");
    private static final int WIDTH = 100;

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** Returns the effective values, each with its origin. */
    public static String effective(List<SectionReport> sections) {
        var text = new YamlWriter();
        for (var section : sections) {
            text.heading(section);
            section.settings().forEach(setting -> text.line(indent(section), written(setting)));
        }
        return text.out.toString();
    }

    /** Returns every setting with its description and its default, commented out. */
    public static String template(List<SectionReport> sections) {
        var text = new YamlWriter();
        text.line(
                "",
                "# The settings of Breakwater. Every value below is the default; uncomment the ones that you change.");
        for (var section : sections) {
            text.line("", "");
            if (!section.description().isEmpty()) {
                text.comment(parentIndent(section), section.description());
            }
            text.heading(section);
            section.settings().forEach(setting -> text.entry(indent(section), setting));
        }
        return text.out.toString();
    }

    private void heading(SectionReport section) {
        if (!section.path().isEmpty()) {
            line(parentIndent(section), section.path().substring(section.path().lastIndexOf('.') + 1) + ":");
        }
    }

    private void entry(String indent, EffectiveSetting setting) {
        comment(indent, setting.description() + " Write " + setting.allowed() + ".");
        line(indent, "# " + setting.name() + ":" + value(setting.fallback()));
    }

    private void comment(String indent, String sentences) {
        var line = new StringBuilder();
        for (var word : sentences.split(" ", -1)) {
            if (indent.length() + line.length() + word.length() > WIDTH) {
                line(indent, "#" + line);
                line.setLength(0);
            }
            line.append(' ').append(word);
        }
        line(indent, "#" + line);
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }

    private static String written(EffectiveSetting setting) {
        return setting.value() == null
                ? "# " + setting.name() + ": not set"
                : setting.name() + ":" + value(setting.value()) + "  # " + setting.origin();
    }

    private static String value(@Nullable Json value) {
        return switch (value) {
            case null -> "";
            case Json.Text(var text) -> " " + scalar(text);
            case Json.Arr(var items) ->
                items.stream().map(item -> value(item).strip()).collect(Collectors.joining(", ", " [", "]"));
            default -> " " + JsonText.line(value);
        };
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NUMBER.matcher(text).matches() && !WORDS.contains(text);
        return plain ? text : JsonText.line(Json.of(text));
    }

    private static String indent(SectionReport section) {
        return section.path().isEmpty() ? "" : parentIndent(section) + "  ";
    }

    private static String parentIndent(SectionReport section) {
        return "  ".repeat((int) section.path().chars().filter(c -> c == '.').count());
    }
}
