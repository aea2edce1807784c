package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.port.support.ReservedFields;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP service that tools may call.
 *
 * @param name its name for callers and operators
 * @param description what it offers, for callers; null for none
 * @param instances where its instances are
 * @param credentials how the server authenticates to it
 * @param healthCheck how its instances are checked; null if they have no health endpoint
 * @param attemptTimeout the maximum time from sending a request once to the end of its response
 * @param retries how often a request is repeated
 * @param breaker when an instance gets no calls
 * @param maxConcurrency the maximum number of calls that run at the same time
 * @param responseBytes the maximum size of the body of a response
 * @param requestFields the names of the header fields that callers may set, which are kept in lower case. It cannot contain
 *     fields for credentials, framing, forwarding and traces, nor the field of the credentials
 * @param idempotent whether the service has the effect of requests with the same {@code Idempotency-Key} once. If it has
 *     not, requests that may have had an effect are not repeated because of a key
 */
public record ServiceSettings(
        String name,
        @Nullable String description,
        ServiceInstances instances,
        ServiceCredentials credentials,
        @Nullable ServiceHealthCheck healthCheck,
        Duration attemptTimeout,
        ServiceRetries retries,
        ServiceBreaker breaker,
        int maxConcurrency,
        int responseBytes,
        List<String> requestFields,
        boolean idempotent) {

    /** The default time for an attempt. */
    public static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

    /** The default number of concurrent calls. */
    public static final int MAX_CONCURRENCY = 100;

    /** The default maximum size of the body of a response: 1 MiB. */
    public static final int RESPONSE_BYTES = 1 << 20;

    private static final int MAX_DAYS = 1;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?");
    private static final Pattern FIELD = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");

    /** Refuses values out of range, and fields that callers must not set. */
    public ServiceSettings {
        notNull(name, "ServiceSettings.name");
        check(
                NAME.matcher(name).matches(),
                "name must be 1 to 64 characters of a-z 0-9 - _ that begin and end with a letter or digit, but is \""
                        + name + "\".");
        notNull(instances, "ServiceSettings.instances");
        notNull(credentials, "ServiceSettings.credentials");
        positive(attemptTimeout, MAX_DAYS, "ServiceSettings.attemptTimeout");
        notNull(retries, "ServiceSettings.retries");
        notNull(breaker, "ServiceSettings.breaker");
        positive(maxConcurrency, "ServiceSettings.maxConcurrency");
        positive(responseBytes, "ServiceSettings.responseBytes");
        requestFields = nonNullCopy(requestFields, "ServiceSettings.requestFields").stream()
                .map(field -> field.toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
        for (var field : requestFields) {
            check(
                    FIELD.matcher(field).matches(),
                    "requestFields must be names of header fields, but one is \"" + field + "\".");
            check(
                    !isReserved(field, credentials),
                    "requestFields must not contain " + field + ", which callers cannot set.");
        }
    }

    private static boolean isReserved(String field, ServiceCredentials credentials) {
        return ReservedFields.contains(field)
                || (credentials instanceof ServiceCredentials.HeaderField secret
                        && secret.field().equalsIgnoreCase(field));
    }

    /** Returns the settings of a service with the defaults and without credentials. */
    public static ServiceSettings of(String name, ServiceInstances instances) {
        return new ServiceSettings(
                name,
                null,
                instances,
                new ServiceCredentials.None(),
                ServiceHealthCheck.STANDARD,
                ATTEMPT_TIMEOUT,
                ServiceRetries.STANDARD,
                ServiceBreaker.STANDARD,
                MAX_CONCURRENCY,
                RESPONSE_BYTES,
                List.of(),
                true);
    }

    /** Returns a copy with a description. */
    public ServiceSettings withDescription(@Nullable String text) {
        return new ServiceSettings(
                name,
                text,
                instances,
                credentials,
                healthCheck,
                attemptTimeout,
                retries,
                breaker,
                maxConcurrency,
                responseBytes,
                requestFields,
                idempotent);
    }

    /** Returns a copy with other credentials. */
    public ServiceSettings withCredentials(ServiceCredentials other) {
        return new ServiceSettings(
                name,
                description,
                instances,
                other,
                healthCheck,
                attemptTimeout,
                retries,
                breaker,
                maxConcurrency,
                responseBytes,
                requestFields,
                idempotent);
    }

    /** Returns a copy with another health check; null for none. */
    public ServiceSettings withHealthCheck(@Nullable ServiceHealthCheck check) {
        return new ServiceSettings(
                name,
                description,
                instances,
                credentials,
                check,
                attemptTimeout,
                retries,
                breaker,
                maxConcurrency,
                responseBytes,
                requestFields,
                idempotent);
    }

    /** Returns a copy with another time for an attempt. */
    public ServiceSettings withAttemptTimeout(Duration timeout) {
        return new ServiceSettings(
                name,
                description,
                instances,
                credentials,
                healthCheck,
                timeout,
                retries,
                breaker,
                maxConcurrency,
                responseBytes,
                requestFields,
                idempotent);
    }

    /** Returns a copy with other retries. */
    public ServiceSettings withRetries(ServiceRetries other) {
        return new ServiceSettings(
                name,
                description,
                instances,
                credentials,
                healthCheck,
                attemptTimeout,
                other,
                breaker,
                maxConcurrency,
                responseBytes,
                requestFields,
                idempotent);
    }

    /** Returns a copy with another circuit breaker. */
    public ServiceSettings withBreaker(ServiceBreaker other) {
        return new ServiceSettings(
                name,
                description,
                instances,
                credentials,
                healthCheck,
                attemptTimeout,
                retries,
                other,
                maxConcurrency,
                responseBytes,
                requestFields,
                idempotent);
    }

    /** Returns a copy with other limits on concurrent calls and on the size of responses. */
    public ServiceSettings withLimits(int concurrency, int bytes) {
        return new ServiceSettings(
                name,
                description,
                instances,
                credentials,
                healthCheck,
                attemptTimeout,
                retries,
                breaker,
                concurrency,
                bytes,
                requestFields,
                idempotent);
    }

    /** Returns a copy with other header fields that callers may set. */
    public ServiceSettings withRequestFields(List<String> fields) {
        return new ServiceSettings(
                name,
                description,
                instances,
                credentials,
                healthCheck,
                attemptTimeout,
                retries,
                breaker,
                maxConcurrency,
                responseBytes,
                fields,
                idempotent);
    }

    /** Returns a copy of a service that does not honour idempotency keys. */
    public ServiceSettings withoutIdempotency() {
        return new ServiceSettings(
                name,
                description,
                instances,
                credentials,
                healthCheck,
                attemptTimeout,
                retries,
                breaker,
                maxConcurrency,
                responseBytes,
                requestFields,
                false);
    }
}
