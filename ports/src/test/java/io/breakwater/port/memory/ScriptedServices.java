package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.Services;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** {@link Services} whose outcomes a test scripts, and which records the requests. Scripts are set before the first call. */
public final class ScriptedServices implements Services {
    private final Map<String, Function<ServiceRequest, ServiceOutcome>> scripts = new TreeMap<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /** A request that was sent. */
    public record Sent(String service, ServiceRequest request) {
        /** Returns the service, the method and the target. */
        public String line() {
            return service + " " + request.method() + " " + request.target();
        }

        /** Returns the body as text. */
        public String body() {
            return new String(request.body(), StandardCharsets.UTF_8);
        }
    }

    /** Sets what a service does with each request; it may throw an exception. */
    public ScriptedServices on(String service, Function<ServiceRequest, ServiceOutcome> script) {
        scripts.put(service, script);
        return this;
    }

    /** Returns a response with a JSON body. */
    public static ServiceOutcome json(int status, String body) {
        return new ServiceOutcome.Response(
                status, Map.of("content-type", List.of("application/json")), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the requests so far. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    @Override
    public List<Status> list() {
        return scripts.keySet().stream()
                .map(name -> new Status(name, null, List.of(), List.of()))
                .toList();
    }

    @Override
    public ServiceOutcome call(String service, ServiceRequest request, CallContext context) {
        var script = scripts.get(service);
        if (script == null) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_FOUND, "There is no service \"" + service + "\".", null);
        }
        sent.add(new Sent(service, request));
        return script.apply(request);
    }
}
