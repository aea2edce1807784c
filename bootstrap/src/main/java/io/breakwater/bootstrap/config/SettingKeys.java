package io.breakwater.bootstrap.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys of the settings that messages of the adapters and of the server name. The records have the same words as the
 * file: {@code HttpSettings.Limits.bodyBytes} is {@code http.limits.body-bytes}.
 */
public final class SettingKeys {
    private static final Map<String, String> SECTIONS = Map.of(
            "HttpSettings", "http",
            "ManagementSettings", "management",
            "StdioSettings", "stdio",
            "OutboundSettings", "outbound",
            "RedisSettings", "redis",
            "DatabaseSettings", "database",
            "StoreSettings", "store");

    /** The setting of an application that switches authentication on. */
    static final String AUTHENTICATOR = "BreakwaterBuilder.authenticator";

    private static final Map<String, String> OTHERS = Map.of(
            AUTHENTICATOR,
            "'breakwater key new' creates an API key",
            "StandardAuthentication.credential",
            "auth.credential",
            "Limits.maxResultBytes",
            "limits.result-bytes",
            "ManagementSettings.key",
            "management.secret",
            "MemoryLimits.bytes",
            "limits.memory",
            "MemoryLimits.share",
            "limits.memory-share");

    private static final Pattern COMPONENT = Pattern.compile("\\b[a-z]+([A-Z][a-z]*)+\\b");
    private static final Pattern CAPITAL = Pattern.compile("(?<=.)(?=[A-Z])");

    private SettingKeys() {}

    /**
     * Returns the key of a setting; the component itself if the file has no such setting.
     *
     * @param component the record and its component, such as {@code HttpSettings.Limits.bodyBytes}
     */
    public static String keyOf(String component) {
        var other = OTHERS.get(component);
        if (other != null) {
            return other;
        }
        var parts = component.split("\\.", 2);
        var section = SECTIONS.get(parts[0]);
        return section == null || parts.length == 1 ? component : section + "." + dashed(parts[1]);
    }

    /** Returns the key in a section, which has the words of the component with dashes. */
    static String inSection(String section, String component) {
        return section + "." + dashed(component);
    }

    /** Replaces the components in a message of a settings record with the keys that the section has. */
    static String withKeys(String message, String section, Set<String> keys) {
        return COMPONENT.matcher(message).replaceAll(match -> {
            var key = inSection(section, match.group());
            return keys.contains(key) ? key : match.group();
        });
    }

    private static String dashed(String components) {
        return Arrays.stream(components.split("\\."))
                .map(word -> CAPITAL.matcher(word).replaceAll("-").toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("."));
    }
}
