package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/** A source that names settings one by one and counts more than the files. */
interface SettingSource {

    /** What it says about a setting, or null when it is silent. */
    @Nullable
    ConfigurationNode find(String path, Setting<?> setting);
}
