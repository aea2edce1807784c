package io.breakwater.bootstrap.config;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Settings that had another name before. An old name is refused, and the message says the new one. */
final class RenamedSettings {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("database.cost.daily-budget", "limits.quota.principal-cost"),
            Map.entry("database.limits.cursor-life", "database.limits.cursor-ttl"),
            Map.entry("database.limits.lock-time", "database.limits.lock-timeout"),
            Map.entry("database.limits.statement-time", "database.limits.statement-timeout"),
            Map.entry("database.replicas.check-every", "database.replicas.check-interval"),
            Map.entry("health.failing-rate", "health.unhealthy-rate"),
            Map.entry("health.fewest-calls", "health.min-calls"),
            Map.entry("http.exposed", "http.anonymous"),
            Map.entry("http.limits.body-time", "http.limits.body-timeout"),
            Map.entry("http.limits.head-time", "http.limits.head-timeout"),
            Map.entry("http.limits.idle-time", "http.limits.idle-timeout"),
            Map.entry("http.streams.write-time", "http.streams.write-timeout"),
            Map.entry("http.tls.check-every", "http.tls.check-interval"),
            Map.entry("limits.human", "limits.input-timeout"),
            Map.entry("limits.parked", "limits.pending-inputs"),
            Map.entry("limits.rate.tools", "limits.tools"),
            Map.entry("redis.connect-time", "redis.connect-timeout"),
            Map.entry("redis.operation-time", "redis.operation-timeout"),
            Map.entry("sessions.most", "sessions.max"),
            Map.entry("sessions.most-per-principal", "sessions.max-per-principal"),
            Map.entry("stdio.last-words", "stdio.drain-timeout"),
            Map.entry("subscriptions.most", "subscriptions.max"),
            Map.entry("subscriptions.most-per-principal", "subscriptions.max-per-principal"),
            Map.entry("tasks.most", "tasks.max"),
            Map.entry("tasks.most-per-principal", "tasks.max-per-principal"));

    private RenamedSettings() {}

    /** Returns the present path of a setting by its old path; empty if no setting had this path. */
    static Optional<String> path(String oldPath) {
        return Optional.ofNullable(NAMES.get(oldPath));
    }

    /** Returns the present path of a setting by its old environment variable; empty if no setting had this one. */
    static Optional<String> pathOfVariable(String oldVariable) {
        return NAMES.entrySet().stream()
                .filter(name -> EnvironmentSource.named(name.getKey()).equals(oldVariable))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns the present paths of all renamed settings. */
    static Collection<String> paths() {
        return NAMES.values();
    }
}
