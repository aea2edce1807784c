package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks the status line and the header fields of a response before its body arrives. */
final class ResponseHead {
    private static final Set<Integer> REDIRECTS = Set.of(300, 301, 302, 303, 305, 307, 308);
    private static final int FIRST_FINAL_STATUS = 200;

    private ResponseHead() {}

    /**
     * Refuses a redirect, an interim status, a compressed body, another transfer coding than {@code chunked}, and a body whose announced size is above the limit.
     *
     * @throws PortException.RefusedException when the client does not accept such a response
     */
    static void check(String origin, HttpClientResponse response, BoundedBody body) {
        int status = response.statusCode();
        if (REDIRECTS.contains(status)) {
            throw refused(origin + " redirects to another URL (HTTP " + status
                    + "). Redirects are not followed: configure the URL to which it redirects.");
        }
        if (status < FIRST_FINAL_STATUS) {
            throw refused(origin + " sent the interim status HTTP " + status + ", which is not supported. Configure the"
                    + " service to answer with a final status.");
        }
        var codings = response.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!codings.stream().allMatch(coding -> coding.strip().equalsIgnoreCase("chunked"))) {
            throw refused(origin + " sent its response in a transfer coding other than chunked, which is not supported."
                    + " Configure it to compress no responses.");
        }
        var encodings = response.headers().getAll(HttpHeaders.CONTENT_ENCODING);
        if (!encodings.stream().allMatch(encoding -> encoding.strip().equalsIgnoreCase("identity"))) {
            throw refused(origin + " compressed its response, although the request asks for an uncompressed one."
                    + " Configure it to respect Accept-Encoding.");
        }
        if (!response.request().getMethod().equals(HttpMethod.HEAD)) {
            body.expect(response.getHeader(HttpHeaders.CONTENT_LENGTH));
        }
    }

    private static PortException.RefusedException refused(String message) {
        return new PortException.RefusedException(Reason.OTHER, message, null);
    }

    /** Returns the values of the fields by name, in lower case. */
    static Map<String, List<String>> fields(HttpClientResponse response) {
        var fields = new HashMap<String, List<String>>();
        for (var field : response.headers()) {
            fields.computeIfAbsent(field.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(field.getValue());
        }
        fields.replaceAll((name, values) -> List.copyOf(values));
        return fields;
    }
}
