package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.ServiceOutcome;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request to an instance of a service. It connects to the first address that accepts a connection, sends the request
 * once, and collects the response. All steps run on one event loop; only {@link #abandon} runs on another thread.
 *
 * <p>A failure before the request is handed to its connection is {@link ServiceOutcome.NotDelivered}. A later failure is
 * {@link ServiceOutcome.Unconfirmed}, also if no byte left this machine, because that is not known.
 */
final class ServiceExchange {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Connector connector;
    private final OutboundFailures failures;
    private final Target target;
    private final RequestOptions head;
    private final byte[] content;
    private final BoundedBody body;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.CONNECTING);
    private final CompletableFuture<ServiceOutcome> outcome = new CompletableFuture<>();
    private volatile @Nullable HttpClientRequest request;

    ServiceExchange(
            Connector connector,
            OutboundFailures failures,
            Target target,
            RequestOptions head,
            byte[] content,
            BoundedBody body) {
        this.connector = connector;
        this.failures = failures;
        this.target = target;
        this.head = head;
        this.content = content;
        this.body = body;
    }

    private enum Stage {
        CONNECTING,
        SENT,
        /** The caller left before the request was sent, so it must not be sent any more. */
        ABANDONED
    }

    /** Begins to connect to one of these addresses, in their order. */
    void start(List<InetAddress> addresses, boolean keep) {
        try {
            connector.run(() -> connect(addresses, keep));
        } catch (RejectedExecutionException closed) {
            outcome.complete(new ServiceOutcome.NotDelivered(failures.message(target.label(), closed), null));
        }
    }

    /** The outcome; it fails when the response is not accepted. */
    CompletableFuture<ServiceOutcome> outcome() {
        return outcome;
    }

    private void connect(List<InetAddress> addresses, boolean keep) {
        if (stage.get() != Stage.ABANDONED) {
            connector
                    .open(target, addresses.getFirst(), head, keep)
                    .onComplete(this::send, failure -> connectNext(addresses, keep, failure));
        }
    }

    private void connectNext(List<InetAddress> addresses, boolean keep, Throwable failure) {
        if (addresses.size() > 1) {
            connect(addresses.subList(1, addresses.size()), keep);
        } else {
            outcome.complete(new ServiceOutcome.NotDelivered(failures.message(target.label(), failure), null));
        }
    }

    private void send(HttpClientRequest connected) {
        request = connected;
        if (!stage.compareAndSet(Stage.CONNECTING, Stage.SENT)) {
            connected.reset();
            return;
        }
        connected.exceptionHandler(this::fail);
        var written = new AtomicBoolean();
        connected.response().onComplete(response -> receiveHead(response, written.get()), this::fail);
        RequestHead.end(connected, content).onFailure(this::fail).onSuccess(sent -> written.set(true));
    }

    /**
     * Receives the head of a response.
     *
     * @param written whether the request was sent completely; the next one would wait behind its rest
     */
    private void receiveHead(HttpClientResponse response, boolean written) {
        if (!written) {
            ResponseBoundary.closeAfterResponse(response.request().connection());
        }
        response.exceptionHandler(this::fail); // also for one that is refused: Vert.x would log it
        if (isAccepted(() -> ResponseHead.check(target.label(), response, body))) {
            response.handler(bytes -> {
                var unused = outcome.isDone() || isAccepted(() -> body.add(bytes));
            });
            response.endHandler(end -> outcome.complete(
                    new ServiceOutcome.Response(response.statusCode(), ResponseHead.fields(response), body.bytes())));
        }
    }

    /** Runs a check, and ends the exchange if it fails. */
    private boolean isAccepted(Runnable check) {
        try {
            check.run();
            return true;
        } catch (PortException refused) {
            outcome.completeExceptionally(refused);
            abandon();
            return false;
        }
    }

    private void fail(Throwable failure) {
        var message = failures.message(target.label(), failure);
        if (failure instanceof TooLongFrameException) {
            outcome.completeExceptionally(new PortException.RefusedException(message, failure));
        } else {
            outcome.complete(new ServiceOutcome.Unconfirmed(message, false));
        }
    }

    /**
     * Ends the exchange: closes the connection, unless the response was complete.
     *
     * @return false if the request was certainly not sent
     */
    boolean abandon() {
        if (stage.compareAndSet(Stage.CONNECTING, Stage.ABANDONED)) {
            return false;
        }
        var sent = request;
        if (sent != null) {
            sent.reset();
        }
        return true;
    }

    /**
     * Returns the exception for a response that was not accepted. The request may have had its effect, unless its method
     * has none: then a lack of memory is only a reason to repeat it later.
     */
    PortException refusal(@Nullable Throwable refused) {
        if (refused instanceof PortException.RefusedException known
                && known.reason() == Reason.OVERLOADED
                && SAFE.contains(head.getMethod())) {
            return known;
        }
        return new PortException.RefusedException(
                Reason.OTHER,
                refused instanceof PortException known
                        ? String.valueOf(known.getMessage())
                        : failures.message(target.label(), refused),
                refused);
    }
}
