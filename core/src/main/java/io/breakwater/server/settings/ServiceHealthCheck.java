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
 * @param interval the time from one check of an instance to the next
 * @param timeout the maximum time for the response
 */
public record ServiceHealthCheck(String path, Duration interval, Duration timeout) {
    private static final int MAX_DAYS = 1;

    /** The defaults: {@code /health} every 10 s, for at most 5 s. */
    public static final ServiceHealthCheck STANDARD =
            new ServiceHealthCheck("/health", Duration.ofSeconds(10), Duration.ofSeconds(5));

    /** Refuses a path that cannot be sent, and times that are not above zero or longer than a day. */
    public ServiceHealthCheck {
        notNull(path, "ServiceHealthCheck.path");
        check(
                path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '#'),
                "path must begin with a slash and consist of visible ASCII characters without '#'.");
        positive(interval, MAX_DAYS, "ServiceHealthCheck.interval");
        positive(timeout, MAX_DAYS, "ServiceHealthCheck.timeout");
    }
}
