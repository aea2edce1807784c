package io.breakwater.port;

/**
 * Names settings in messages. Messages for an application that constructs the settings records name their components,
 * such as {@code HttpSettings.Limits.bodyBytes}. A program with a configuration file names the keys of that file
 * instead.
 */
@FunctionalInterface
public interface SettingNames {
    /** Names the components of the settings records. */
    SettingNames JAVA = component -> component;

    /**
     * Returns the name that messages use for a setting.
     *
     * @param component the record and its component, such as {@code HttpSettings.Limits.bodyBytes}
     */
    String nameOf(String component);
}
