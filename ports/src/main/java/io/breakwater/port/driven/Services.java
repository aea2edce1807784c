package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP services that the operator has configured. A call selects an instance, adds the credentials of the service, and
 * repeats a request that may be repeated, within the deadline of the context. The methods may block.
 */
public interface Services {

    /** Returns the services in the order of their names. */
    List<Status> list();

    /** Returns the service with exactly this name; empty if there is none. */
    default Optional<Status> find(String name) {
        return list().stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /**
     * Returns why a request would reach no instance of this service at present; empty if one would be tried, or if that is
     * not known. It costs no request, so a call of several services asks first.
     */
    default Optional<ServiceOutcome.NotDelivered> unavailability(String service) {
        return Optional.empty();
    }

    /**
     * Sends a request to an instance of a service.
     *
     * @param service the exact name of the service
     * @throws io.breakwater.port.PortException.RefusedException with the reason {@code NOT_FOUND} when there is no such
     *     service, {@code OVERLOADED} when it has too many calls at present, {@code INVALID} or {@code FORBIDDEN} when the
     *     request must not be sent; the request had no effect
     * @throws io.breakwater.port.PortException.DeadlineExceededException when the call ended before the request was sent
     */
    ServiceOutcome call(String service, ServiceRequest request, CallContext context);

    /**
     * A service and its instances.
     *
     * @param description what it offers, for the callers of tools; null if the operator wrote none
     * @param requestFields the names of the header fields that callers may set, in lower case
     * @param instances its present instances; empty while none is known
     */
    record Status(String name, @Nullable String description, List<String> requestFields, List<Instance> instances) {
        /** Copies the lists. */
        public Status {
            requestFields = List.copyOf(requestFields);
            instances = List.copyOf(instances);
        }
    }

    /**
     * An instance of a service.
     *
     * @param origin scheme, host and port
     * @param state whether calls may go there
     * @param cause why not, for operators; null if it is available
     * @param running the number of requests in progress
     */
    record Instance(String origin, State state, @Nullable String cause, int running) {}

    /** The states of an instance. */
    enum State {
        /** Calls go there. */
        AVAILABLE,
        /** Its latest health check failed. */
        UNHEALTHY,
        /** Its latest calls failed, so its circuit breaker is open. */
        OPEN
    }
}
