package io.breakwater.core.business.services;

import io.breakwater.core.business.services.ApiOutcome.Failure;
import io.breakwater.core.business.services.ApiOutcome.Kind;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.Services;
import io.breakwater.port.support.NameSuggestion;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests of callers to the configured services. Thread-safe. */
public final class ServiceCalls {
    private static final String ACCEPT = "application/json, text/*;q=0.9, */*;q=0.8";

    private final Services services;
    private final InstantSource clock;

    /** Creates the calls of these services. */
    public ServiceCalls(Services services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
    }

    /** Returns the services in the order of their names. */
    public List<Services.Status> list() {
        return services.list();
    }

    /** Returns the service with this name; empty if there is none. */
    public Optional<Services.Status> find(String name) {
        return services.find(name);
    }

    /** Returns the names of the header fields that callers may set for a service, in lower case. */
    public static List<String> requestFields(Services.Status service) {
        return RequestFields.settable(service.requestFields());
    }

    /** Returns the names of services that contain the typed text, first those that begin with it. */
    public List<String> proposals(String typed) {
        var wanted = typed.toLowerCase(Locale.ROOT);
        var matching = names().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        return matching.stream()
                .sorted((one, other) -> Boolean.compare(startsWith(other, wanted), startsWith(one, wanted)))
                .toList();
    }

    private static boolean startsWith(String name, String wanted) {
        return name.toLowerCase(Locale.ROOT).startsWith(wanted);
    }

    private List<String> names() {
        return services.list().stream().map(Services.Status::name).toList();
    }

    /**
     * Sends a request, and returns what became of it.
     *
     * @param key the idempotency key for the service; null if the caller sent none
     * @throws io.breakwater.port.PortException if the request is not sent
     */
    public ApiOutcome send(ApiRequest request, @Nullable String key, CallContext context) {
        var sent = request(request, key, context);
        try {
            var outcome = services.call(request.service(), sent, context);
            return new ResponseMeaning(request, clock.instant()).of(outcome);
        } catch (RefusedException refused) {
            return judge(request, refused);
        }
    }

    /**
     * Returns the request that {@link #send} would send, and sends nothing.
     *
     * @throws io.breakwater.port.PortException if it would not be sent
     */
    public ServiceRequest prepare(ApiRequest request, @Nullable String key, CallContext context) {
        if (services.find(request.service()).isEmpty()) {
            throw unknown(request.service());
        }
        return request(request, key, context);
    }

    /** Returns why a request would reach no instance of this service at present; empty if one would be tried. */
    public Optional<NotDelivered> unavailability(String service) {
        return services.unavailability(service);
    }

    private ServiceRequest request(ApiRequest request, @Nullable String key, CallContext context) {
        var body = RequestBody.of(request, context);
        return new ServiceRequest(
                request.method(),
                request.endpoint().target(),
                fields(request),
                body.mediaType(),
                body.bytes(),
                request.isSafe() ? null : key);
    }

    /** The response to a request may be refused, although the request had its effect. */
    private ApiOutcome judge(ApiRequest request, RefusedException refused) {
        if (refused.reason() == Reason.NOT_FOUND) {
            throw unknown(request.service());
        }
        if (refused.reason() != Reason.OTHER) {
            throw refused;
        }
        var message = new ResponseMeaning(request, clock.instant()).withWarning(String.valueOf(refused.getMessage()));
        return new Failure(Kind.FAILED, message, null, request.isSafe());
    }

    private Map<String, String> fields(ApiRequest request) {
        var fields = new HashMap<String, String>();
        fields.put("accept", ACCEPT);
        if (!request.headers().isEmpty()) {
            var service = services.find(request.service()).orElseThrow(() -> unknown(request.service()));
            fields.putAll(RequestFields.check(request.headers(), service.requestFields()));
        }
        return fields;
    }

    /** Returns the exception for a name that no service has. */
    public RefusedException unknown(String name) {
        var hint = NameSuggestion.to(name, names())
                .map(near -> " Did you mean " + near + "?")
                .orElse(" Call list_services for the names.");
        return new RefusedException(
                Reason.NOT_FOUND, "There is no service " + InvalidRequest.quoted(name) + "." + hint, null);
    }
}
