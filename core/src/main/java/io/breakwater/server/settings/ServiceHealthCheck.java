package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * How the instances of an HTTP service are checked. A check is a GET request; an instance is healthy if it responds with a
 * 2xx status in time.
 *
 * @param path the path, and a query if one is needed
 * @param interval the time from one check of an instance to the next, at least 100 ms
 * @param timeout the maximum time for the response, at most a minute
 */
public record ServiceHealthCheck(String path, Duration interval, Duration timeout) {
    private static final int MAX_DAYS = 1;

    /** The shortest interval: checks that are due are started every 50 ms. */
    public static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    /** The longest time for a response: all services share 64 places for checks. */
    public static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    /** The defaults: {@code /health} every 10 s, for at most 5 s. */
    public static final ServiceHealthCheck STANDARD =
            new ServiceHealthCheck("/health", Duration.ofSeconds(10), Duration.ofSeconds(5));

    /** Refuses a path that cannot be sent, and times that are too short or too long. */
    public ServiceHealthCheck {
        notNull(path, "ServiceHealthCheck.path");
        check(
                path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '#'),
                "path must begin with a slash and consist of visible ASCII characters without '#'.");
        positive(interval, MAX_DAYS, "ServiceHealthCheck.interval");
        check(
                interval.compareTo(MIN_INTERVAL) >= 0,
                "interval must be at least " + MIN_INTERVAL.toMillis() + " ms, but is " + interval + ".");
        positive(timeout, "ServiceHealthCheck.timeout");
        check(
                timeout.compareTo(MAX_TIMEOUT) <= 0,
                "timeout must be at most " + MAX_TIMEOUT.toMinutes() + " minute, but is " + timeout + ".");
    }
}
