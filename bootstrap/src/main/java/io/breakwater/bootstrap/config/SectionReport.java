package io.breakwater.bootstrap.config;

import java.util.List;

/**
 * A section of the configuration, for reports.
 *
 * @param path the path, such as {@code http.tls}; empty for the settings outside any section
 * @param description the description, one sentence
 * @param settings the settings directly in this section, in the order of declaration
 */
public record SectionReport(String path, String description, List<EffectiveSetting> settings) {
    /** Copies the list. */
    public SectionReport {
        settings = List.copyOf(settings);
    }

    /** Returns the name of the section at the top that this one belongs to. */
    String topName() {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
