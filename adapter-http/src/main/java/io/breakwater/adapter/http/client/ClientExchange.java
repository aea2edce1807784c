package io.breakwater.adapter.http.client;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport.Receiver;
import io.breakwater.port.driven.ClientTransport.TransportExchange;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One HTTP request and its response, which the HTTP client receives on its own threads. */
final class ClientExchange implements TransportExchange {
    private final HttpRequest request;
    private final Receiver receiver;
    private volatile @Nullable CompletableFuture<?> response;
    private volatile boolean cancelled;

    private ClientExchange(HttpRequest request, Receiver receiver) {
        this.request = request;
        this.receiver = receiver;
    }

    static ClientExchange start(HttpClient client, HttpRequest request, Receiver receiver) {
        var exchange = new ClientExchange(request, receiver);
        var response = client.sendAsync(request, exchange::receiveHead);
        exchange.response = response;
        if (exchange.cancelled) {
            response.cancel(true);
        }
        var unused = response.whenComplete(exchange::finish);
        return exchange;
    }

    @Override
    public void cancel() {
        cancelled = true;
        var started = response;
        if (started != null) {
            started.cancel(true);
        }
    }

    private BodySubscriber<Void> receiveHead(ResponseInfo head) {
        if (!cancelled) {
            head.headers().firstValue("Mcp-Session-Id").ifPresent(receiver::session);
            if (head.statusCode() == 401 || head.statusCode() == 403) {
                receiver.unauthorized();
            }
        }
        return new ResponseBody(sink(mediaType(head)));
    }

    private ResponseBody.Sink sink(String mediaType) {
        return switch (mediaType) {
            case "text/event-stream" -> new EventStreamParser(this::receive);
            case "application/json" -> new JsonBody(this::receive);
            default -> ResponseBody.Sink.DISCARD;
        };
    }

    private static String mediaType(ResponseInfo head) {
        var type = head.headers().firstValue("Content-Type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private void receive(Event event) {
        if (!cancelled) {
            receiver.event(event);
        }
    }

    private void finish(@Nullable HttpResponse<Void> ended, @Nullable Throwable failure) {
        if (cancelled) {
            return;
        }
        if (failure != null) {
            receiver.closed(ConnectionFailures.exception(request.uri(), failure));
        } else if (ended != null && ended.statusCode() / 100 != 2) {
            receiver.closed(refusal(ended.statusCode()));
        } else {
            receiver.closed(null);
        }
    }

    private PortException refusal(int status) {
        var reason = switch (status) {
            case 401, 403 -> PortException.RefusedException.Reason.FORBIDDEN;
            case 404, 410 -> PortException.RefusedException.Reason.NOT_FOUND;
            case 429, 503 -> PortException.RefusedException.Reason.OVERLOADED;
            default -> PortException.RefusedException.Reason.OTHER;
        };
        return new PortException.RefusedException(
                reason, "The server answered HTTP " + status + " without a result.", null);
    }
}
