package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Sends a request on its connection, and checks the response while it arrives, on the event loop. */
final class Exchange {
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
    private static final Set<Integer> REDIRECTS = Set.of(300, 301, 302, 303, 305, 307, 308);
    private static final int FIRST_FINAL_STATUS = 200;

    private final HttpClientRequest request;
    private final String origin;
    private final BoundedBody body;
    private final CompletableFuture<OutboundResponse> outcome = new CompletableFuture<>();

    Exchange(HttpClientRequest request, String origin, BoundedBody body) {
        this.request = request;
        this.origin = origin;
        this.body = body;
    }

    /** Sends the request, and returns its future response. */
    CompletableFuture<OutboundResponse> send(byte[] content) {
        request.exceptionHandler(outcome::completeExceptionally);
        request.response().onComplete(this::receiveHead, outcome::completeExceptionally);
        var sent = content.length > 0 || WITH_BODY.contains(request.getMethod())
                ? request.end(Buffer.buffer(content))
                : request.end();
        sent.onFailure(outcome::completeExceptionally);
        return outcome;
    }

    private void receiveHead(HttpClientResponse response) {
        if (isAccepted(() -> checkHead(response))) {
            response.exceptionHandler(outcome::completeExceptionally);
            response.handler(bytes -> {
                var unused = outcome.isDone() || isAccepted(() -> body.add(bytes));
            });
            response.endHandler(end ->
                    outcome.complete(new OutboundResponse(response.statusCode(), fields(response), body.bytes())));
        }
    }

    /** Runs a check, and ends the exchange if it fails. */
    private boolean isAccepted(Runnable check) {
        try {
            check.run();
            return true;
        } catch (PortException refused) {
            outcome.completeExceptionally(refused);
            close();
            return false;
        }
    }

    private void checkHead(HttpClientResponse response) {
        int status = response.statusCode();
        if (REDIRECTS.contains(status)) {
            throw refused(origin + " redirects to another URL (HTTP " + status
                    + "). Redirects are not followed: configure the URL to which it redirects.");
        }
        if (status < FIRST_FINAL_STATUS) {
            throw refused(origin + " sent the interim status HTTP " + status + ", which is not supported. Configure the"
                    + " service to answer with a final status.");
        }
        var encodings = response.headers().getAll(HttpHeaders.CONTENT_ENCODING);
        if (!encodings.stream().allMatch(encoding -> encoding.strip().equalsIgnoreCase("identity"))) {
            throw refused(origin + " compressed its response, although the request asks for an uncompressed one."
                    + " Configure it to respect Accept-Encoding.");
        }
        if (!request.getMethod().equals(HttpMethod.HEAD)) {
            body.expect(response.getHeader(HttpHeaders.CONTENT_LENGTH));
        }
    }

    private static PortException.RefusedException refused(String message) {
        return new PortException.RefusedException(Reason.OTHER, message, null);
    }

    private static Map<String, List<String>> fields(HttpClientResponse response) {
        return response.headers().entries().stream()
                .collect(Collectors.groupingBy(
                        field -> field.getKey().toLowerCase(Locale.ROOT),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableList())));
    }

    /** Ends the exchange: closes the connection, unless the response was complete. */
    void close() {
        request.reset();
    }
}
