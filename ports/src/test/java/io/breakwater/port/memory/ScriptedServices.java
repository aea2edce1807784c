package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.Services;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP services that respond as a test tells them, and remember the requests. A request without a script of its own gets
 * an empty response with status 204. Thread-safe.
 */
public final class ScriptedServices implements Services {
    private final Map<String, Status> services = new ConcurrentSkipListMap<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Function<ServiceRequest, ServiceOutcome>> defaults = new ConcurrentHashMap<>();
    private final Set<String> unavailable = ConcurrentHashMap.newKeySet();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /** Responds to requests. */
    @FunctionalInterface
    public interface Script {
        /** Returns the outcome of a request, or throws what the port may throw. */
        ServiceOutcome respond(ServiceRequest request, CallContext context);
    }

    /** A request that a service has received. */
    public record Sent(String service, ServiceRequest request) {
        /** Returns the method and the target, for example {@code GET /users/5}. */
        public String line() {
            return request.method() + " " + request.target();
        }

        /** Returns the service, the method and the target. */
        public String serviceLine() {
            return service + " " + line();
        }

        /** Returns the body as text. */
        public String body() {
            return new String(request.body(), StandardCharsets.UTF_8);
        }
    }

    /** Adds a service with one instance, at the port 8080 of a host with its name. */
    public ScriptedServices has(String name, String... requestFields) {
        var instance = new Instance("http://" + name + ":8080", State.AVAILABLE, null, 0);
        return has(new Status(name, null, List.of(requestFields), List.of(instance)));
    }

    /** Adds a service. */
    public ScriptedServices has(Status service) {
        services.put(service.name(), service);
        return this;
    }

    /** Lets the script respond to requests with this method and target. */
    public ScriptedServices on(String method, String target, Script script) {
        scripts.put(method + " " + target, script);
        return this;
    }

    /** Sets the outcome of requests with this method and target. */
    public ScriptedServices on(String method, String target, ServiceOutcome outcome) {
        return on(method, target, (request, context) -> outcome);
    }

    /** Sets the response to requests with this method and target. */
    public ScriptedServices on(String method, String target, int status, @Nullable String mediaType, String body) {
        return on(method, target, response(status, mediaType, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds a service, and sets what it does with requests that have no script of their own; it may throw an exception. */
    public ScriptedServices on(String service, Function<ServiceRequest, ServiceOutcome> script) {
        defaults.put(service, script);
        return has(service);
    }

    /** Leaves a service without an available instance. */
    public ScriptedServices unavailable(String service) {
        unavailable.add(service);
        return this;
    }

    /** Returns a response with a JSON body. */
    public static ServiceOutcome json(int status, String body) {
        return response(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a response with these bytes. */
    public static ServiceOutcome.Response response(int status, @Nullable String mediaType, byte[] body) {
        Map<String, List<String>> fields = mediaType == null ? Map.of() : Map.of("content-type", List.of(mediaType));
        return new ServiceOutcome.Response(status, fields, body);
    }

    /** Returns the requests in the order in which they arrived. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    @Override
    public Optional<ServiceOutcome.NotDelivered> unavailability(String service) {
        return unavailable.contains(service)
                ? Optional.of(new ServiceOutcome.NotDelivered(
                        "No instance of " + service + " is available.", Duration.ofSeconds(7)))
                : Optional.empty();
    }

    @Override
    public List<Status> list() {
        return List.copyOf(services.values());
    }

    @Override
    public ServiceOutcome call(String service, ServiceRequest request, CallContext context) {
        if (!services.containsKey(service)) {
            throw new PortException.RefusedException(
                    Reason.NOT_FOUND, "There is no service \"" + service + "\".", null);
        }
        var arrived = new Sent(service, request);
        sent.add(arrived);
        var script = scripts.get(arrived.line());
        return script == null
                ? defaults.getOrDefault(service, any -> response(204, null, new byte[0]))
                        .apply(request)
                : script.respond(request, context);
    }
}
