package io.breakwater.bootstrap.config;

import java.util.List;
import java.util.Map;

/** The settings that have no effect unless another one is set. */
final class DependentSettings {
    private static final List<Map.Entry<String, String>> REQUIRED = List.of(
            Map.entry("auth.api-key-roles", "auth.api-key"),
            Map.entry("auth.api-key-scopes", "auth.api-key"),
            Map.entry("auth.jwt-audience", "auth.jwt-secret"),
            Map.entry("limits.quota.principal-rows", "database.url"),
            Map.entry("limits.quota.principal-cost", "database.url"),
            Map.entry("limits.quota.tenant-rows", "database.url"),
            Map.entry("limits.quota.tenant-cost", "database.url"),
            Map.entry("idempotency.retention", "store.url"));

    private DependentSettings() {}

    /** Returns a warning for each setting without effect. */
    static List<String> warnings(ConfigurationBinder reading) {
        return REQUIRED.stream()
                .filter(entry -> reading.isSet(entry.getKey()) && !reading.isSet(entry.getValue()))
                .map(entry -> entry.getKey() + " has no effect without " + entry.getValue() + ". Set "
                        + entry.getValue() + ", or remove it.")
                .toList();
    }
}
