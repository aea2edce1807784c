package io.breakwater.core.data.service;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.ServiceOutcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests to a service by their outcomes, repeated requests included. Thread-safe. */
final class RequestCounters {
    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
    private final LongAdder retries = new LongAdder();

    /** The outcomes, which are the values of a label. */
    enum Outcome {
        /** A status below 400. */
        SUCCESS,
        /** A status from 400 to 499. */
        CLIENT_ERROR,
        /** A status of 500 and above. */
        SERVER_ERROR,
        /** No instance received the request. */
        NOT_DELIVERED,
        /** There was no complete response in time. */
        TIMEOUT,
        /** The connection failed before the response was complete. */
        BROKEN,
        /** The call was cancelled. */
        CANCELLED,
        /** The request or the response is not allowed. */
        REFUSED,
        /** Nothing was sent, because there was no token for the service. */
        UNAUTHENTICATED
    }

    RequestCounters() {
        for (var outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    void count(ServiceOutcome outcome) {
        count(
                switch (outcome) {
                    case ServiceOutcome.Response response when response.status() < 400 -> Outcome.SUCCESS;
                    case ServiceOutcome.Response response when response.status() < 500 -> Outcome.CLIENT_ERROR;
                    case ServiceOutcome.Response ignored -> Outcome.SERVER_ERROR;
                    case ServiceOutcome.NotDelivered ignored -> Outcome.NOT_DELIVERED;
                    case ServiceOutcome.Unconfirmed unconfirmed ->
                        unconfirmed.timedOut() ? Outcome.TIMEOUT : Outcome.BROKEN;
                });
    }

    void count(Outcome outcome) {
        var count = counts.get(outcome);
        if (count != null) {
            count.increment();
        }
    }

    void countRetry() {
        retries.increment();
    }

    long retries() {
        return retries.sum();
    }

    void bindTo(MetricSink sink, String service) {
        counts.forEach((outcome, count) -> sink.counter(
                "mcp_service_requests_total",
                "Requests to HTTP services, by outcome.",
                Map.of("service", service, "outcome", outcome.name().toLowerCase(Locale.ROOT)),
                count::sum));
        sink.counter(
                "mcp_service_retries_total",
                "Repeated requests to HTTP services.",
                Map.of("service", service),
                retries::sum);
    }
}
