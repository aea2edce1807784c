package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.ConfirmationFallback;

/** Reads how users confirm calls from a configuration. */
final class ConfirmSection {
    private static final Setting<ConfirmationFallback> FALLBACK = Setting.choice("fallback", ConfirmationFallback.class)
            .byDefault(ConfirmationFallback.REFUSE)
            .description(
                    "What happens to a call that a user must confirm if its client cannot show forms: `refuse` ends"
                            + " it with an error, `allow` lets the tool act without a confirmation.");

    private ConfirmSection() {}

    static ConfirmationFallback read(SectionReader confirm) {
        return confirm.get(FALLBACK);
    }
}
