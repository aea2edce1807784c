package io.breakwater.bootstrap.lifecycle;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.EffectiveSetting;
import io.breakwater.port.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings with which a server runs. After a change of the configuration, some of them have taken effect, and the
 * others need a restart. The values of secrets are masked, so their changes are not visible.
 */
final class RunningSettings {
    private static final Set<String> LIVE = Set.of("debug", "log.level");
    private static final String RULES = "access.";

    private final Map<String, Optional<Json>> values = new HashMap<>();

    RunningSettings(Configuration configuration) {
        settings(configuration).forEach(setting -> values.put(setting.path(), value(setting)));
    }

    /** Takes over the settings that can change while the server runs, and returns sentences on the changes, each after a space. */
    String replace(Configuration changed) {
        var different = settings(changed).stream()
                .filter(setting -> !value(setting).equals(values.get(setting.path())))
                .toList();
        var live =
                different.stream().filter(setting -> isLive(setting, changed)).toList();
        var others =
                different.stream().filter(setting -> !isLive(setting, changed)).toList();
        live.forEach(setting -> values.put(setting.path(), value(setting)));
        return different.isEmpty()
                ? " No setting that reports show has another value."
                : sentence("In effect now: ", live) + sentence("In effect after a restart: ", others);
    }

    /** A server with access rules keeps them if the configuration has none any more. */
    private static boolean isLive(EffectiveSetting setting, Configuration changed) {
        boolean hasRules = !changed.settings().access().rules().isEmpty();
        return LIVE.contains(setting.path()) || (hasRules && setting.path().startsWith(RULES));
    }

    private static String sentence(String beginning, List<EffectiveSetting> settings) {
        var paths = settings.stream().map(EffectiveSetting::path).sorted().toList();
        return paths.isEmpty() ? "" : " " + beginning + String.join(", ", paths) + ".";
    }

    private static List<EffectiveSetting> settings(Configuration configuration) {
        return configuration.sections().stream()
                .flatMap(section -> section.settings().stream())
                .toList();
    }

    private static Optional<Json> value(EffectiveSetting setting) {
        return Optional.ofNullable(setting.value());
    }
}
