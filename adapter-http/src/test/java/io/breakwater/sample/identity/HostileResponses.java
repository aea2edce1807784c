package io.breakwater.sample.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import io.breakwater.port.Json;
import java.io.IOException;

/** Sends documents as the behavior of the provider requires. */
final class HostileResponses {
    private static final int HUGE_BYTES = 8 << 20;
    private static final byte[] BLANKS = " ".repeat(1 << 10).getBytes(US_ASCII);

    private ProviderBehavior behavior = ProviderBehavior.CORRECT;
    private boolean closed;

    synchronized ProviderBehavior behavior() {
        return behavior;
    }

    synchronized void behave(ProviderBehavior next) {
        behavior = next;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    void send(ProviderRequest request, Json document) throws IOException {
        switch (behavior()) {
            case CORRECT, WRONG_ISSUER -> request.respond(200, document);
            case DOWN -> request.exchange().close();
            case FAILING -> request.respond(500, Json.object().build());
            case SLOW -> sendLater(request, document);
            case UNFINISHED -> sendPart(request);
            case ENDLESS -> sendWithoutEnd(request);
            case HUGE -> request.respond(200, Json.array(Json.of(" ".repeat(HUGE_BYTES))));
            case REDIRECTING ->
                request.redirect(request.exchange().getRequestURI().toString());
            case WRONG_CONTENT_TYPE -> request.respond(200, "text/html", document.toString());
            case MALFORMED -> request.respond(200, "application/json", "{\"keys\":[");
        }
    }

    private void sendLater(ProviderRequest request, Json document) throws IOException {
        awaitOther(ProviderBehavior.SLOW);
        request.respond(200, document);
    }

    private void sendPart(ProviderRequest request) throws IOException {
        var exchange = begin(request);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        awaitOther(ProviderBehavior.UNFINISHED);
        exchange.close();
    }

    private void sendWithoutEnd(ProviderRequest request) throws IOException {
        var out = begin(request).getResponseBody();
        while (behavior() == ProviderBehavior.ENDLESS) {
            out.write(BLANKS);
        }
        request.exchange().close();
    }

    private static HttpExchange begin(ProviderRequest request) throws IOException {
        var exchange = request.exchange();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        return exchange;
    }

    private synchronized void awaitOther(ProviderBehavior present) {
        try {
            while (behavior == present && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
