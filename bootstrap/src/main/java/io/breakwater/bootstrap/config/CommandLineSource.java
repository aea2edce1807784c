package io.breakwater.bootstrap.config;

import io.breakwater.port.support.NameSuggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings on the command line; the last one of a path counts. */
final class CommandLineSource implements SettingSource {
    private final List<ConfigurationSources.Option> options;

    CommandLineSource(List<ConfigurationSources.Option> options) {
        this.options = List.copyOf(options);
    }

    @Override
    public @Nullable ConfigurationNode find(String path, Setting<?> setting) {
        return options.reversed().stream()
                .filter(option -> option.path().equals(path))
                .findFirst()
                .map(option -> new ConfigurationNode.Scalar(option.text(), new ValueOrigin.Option(option.spelling())))
                .orElse(null);
    }

    @Override
    public Set<String> names(String section, String setting) {
        var path = Pattern.compile(Pattern.quote(section) + "\\.([^.]+)\\." + Pattern.quote(setting));
        return options.stream()
                .map(option -> path.matcher(option.path()))
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Reports options whose path is not a setting. */
    void refuseUnknown(Set<String> known, Consumer<ConfigurationError> errors) {
        options.stream().filter(option -> !known.contains(option.path())).forEach(option -> {
            var remedy = RenamedSettings.path(option.path())
                    .map(today -> "it is now " + today)
                    .or(() -> ServiceSettingNames.remedy(option.path()))
                    .or(() -> NameSuggestion.hint(option.path(), known))
                    .orElse("'breakwater config show' lists all settings");
            errors.accept(new ConfigurationError(
                    new ValueOrigin.Option(option.spelling()), option.path(), "there is no such setting", remedy));
        });
    }
}
