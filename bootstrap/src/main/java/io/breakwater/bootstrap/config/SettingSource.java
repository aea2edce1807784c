package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/** A source that overrides the files: the environment or the command line. */
interface SettingSource {

    /** Returns the value of a setting, or null when the source does not set it. */
    @Nullable
    ConfigurationNode find(String path, Setting<?> setting);
}
