package io.breakwater.core.presentation.tool.services;

import io.breakwater.port.Json;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/** Describes a request for a dry run, without the credentials that the server adds when it sends one. */
final class RequestReport {
    private RequestReport() {}

    static Json of(ApiRequestArguments arguments, ServiceRequest request, Optional<NotDelivered> unavailability) {
        var report = Json.object()
                .put("action", "send")
                .put("service", arguments.service())
                .put("method", request.method())
                .put("target", request.target())
                .put("headers", headers(request))
                .put("idempotency_key", request.idempotencyKey() != null)
                .put("credentials", "The server adds the credentials of the service, which are not shown.");
        if (request.body().length > 0) {
            report.put("body", new String(request.body(), StandardCharsets.UTF_8));
        }
        unavailability.ifPresent(reason -> report.put("unavailable", reason.message()));
        return report.build();
    }

    private static Json.Obj headers(ServiceRequest request) {
        var fields = new TreeMap<>(request.fields());
        var mediaType = request.mediaType();
        if (mediaType != null) {
            fields.put("content-type", mediaType);
        }
        var headers = Json.object();
        fields.forEach(headers::put);
        return headers.build();
    }
}
