package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Instances of services in memory, each of which does what the test says. An unknown instance is down. Thread-safe. */
public final class MemoryServiceTransport implements ServiceTransport {
    private static final byte[] NO_BODY = {};

    private final Map<String, Behavior> instances = new ConcurrentHashMap<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private volatile boolean recording = true;

    /** What an instance does with a request. */
    @FunctionalInterface
    public interface Behavior {
        /** Returns the outcome of the request. */
        ServiceOutcome handle(ServiceRequest request, Limits limits, CallContext context);
    }

    /** A request that was sent to an instance. */
    public record Sent(Endpoint endpoint, ServiceRequest request, Limits limits) {}

    /** Creates a transport without instances. */
    public MemoryServiceTransport() {}

    /** Sets what the instance with this origin, such as {@code http://a:8080}, does from now on. */
    public MemoryServiceTransport instance(String origin, Behavior behavior) {
        instances.put(origin, behavior);
        return this;
    }

    /** Keeps no more requests, for tests that send many. */
    public MemoryServiceTransport withoutRecords() {
        recording = false;
        return this;
    }

    /** Responds with a status. */
    public static Behavior status(int status) {
        return status(status, Map.of(), "");
    }

    /** Responds with a status, header fields and a body. */
    public static Behavior status(int status, Map<String, List<String>> fields, String body) {
        return (request, limits, context) ->
                new ServiceOutcome.Response(status, fields, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Accepts no connection. */
    public static Behavior down() {
        return (request, limits, context) -> new ServiceOutcome.NotDelivered("Nothing accepts connections.", null);
    }

    /** Accepts the request, and never responds. */
    public static Behavior frozen() {
        return (request, limits, context) -> {
            pause(limits.timeout(), context);
            return new ServiceOutcome.Unconfirmed("There was no response in time.", true);
        };
    }

    /** Accepts the request, and closes the connection. */
    public static Behavior broken() {
        return (request, limits, context) -> new ServiceOutcome.Unconfirmed("The connection was closed.", false);
    }

    /** Does after this time what another instance does at once. */
    public static Behavior slow(Duration time, Behavior behavior) {
        return (request, limits, context) -> {
            if (time.compareTo(limits.timeout()) > 0) {
                return frozen().handle(request, limits, context);
            }
            pause(time, context);
            return behavior.handle(request, limits, context);
        };
    }

    /** Responds to checks with 200, and does something else with all other requests. */
    public static Behavior lying(String healthPath, Behavior behavior) {
        return (request, limits, context) -> request.target().equals(healthPath)
                ? new ServiceOutcome.Response(200, Map.of(), NO_BODY)
                : behavior.handle(request, limits, context);
    }

    /** Waits until the time is over, or the call is cancelled. */
    private static void pause(Duration time, CallContext context) {
        var ended = new CountDownLatch(1);
        context.onCancel(ended::countDown);
        var wait = time.compareTo(context.remaining()) < 0 ? time : context.remaining();
        try {
            boolean ignored = ended.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ServiceOutcome send(ServiceRequest request, Endpoint endpoint, Limits limits, CallContext context) {
        if (recording) {
            sent.add(new Sent(endpoint, request, limits));
        }
        return instances.getOrDefault(endpoint.origin(), down()).handle(request, limits, context);
    }

    /** Returns the requests for this target so far. */
    public List<Sent> sent(String target) {
        return sent.stream()
                .filter(one -> one.request().target().equals(target))
                .toList();
    }
}
