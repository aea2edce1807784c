package io.breakwater.bootstrap.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source that overrides the files: the environment or the command line. */
interface SettingSource {

    /** Returns the value of a setting, or null when the source does not set it. */
    @Nullable
    ConfigurationNode find(String path, Setting<?> setting);

    /** Returns the names directly below a section, such as {@code services}, for which the source sets this setting. */
    Set<String> names(String section, String setting);
}
