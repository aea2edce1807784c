package io.breakwater.bootstrap.config;

/**
 * Which of the packs that ship are on.
 *
 * @param data {@code process_data}
 * @param system health and figures
 */
public record PackSettings(boolean data, boolean system) {

    static final Setting<Boolean> DATA = Setting.flag("data").byDefault(true).means("The tool `process_data`.");

    static final Setting<Boolean> SYSTEM = Setting.flag("system")
            .byDefault(true)
            .means("Health and figures: the tools `health_check`, `check_dependencies` and `get_metrics`, the resources"
                    + " `health://status` and `config://effective`, the prompt `diagnose_health`.");

    static PackSettings read(Section packs) {
        return new PackSettings(packs.get(DATA), packs.get(SYSTEM));
    }
}
