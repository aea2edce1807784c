package io.breakwater.bootstrap.config;

import java.util.List;

/**
 * A section of the configuration, as people read it.
 *
 * @param path {@code http.tls}; empty for the settings outside any section
 * @param meaning one sentence
 * @param settings those directly in it, in their order of declaration
 */
public record SectionReport(String path, String meaning, List<EffectiveSetting> settings) {
    /** Copies the list. */
    public SectionReport {
        settings = List.copyOf(settings);
    }
}
