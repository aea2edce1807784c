package io.breakwater.server;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.NameService;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport;
import io.breakwater.port.driven.Services;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * HTTP services by their settings. Pass one object to the packs that use it, and to {@link BreakwaterBuilder#services} for
 * tools of the application. The server runs the health checks; the services can be called while it is open. The server does
 * not close the transport and the name service: pass them to {@link BreakwaterBuilder#onClose}.
 */
public final class ConfiguredServices implements Services {
    private static final NameService NO_NAMES = new NoNames();

    private final List<ServiceSettings> settings;
    private final ServiceTransport transport;
    private final NameService names;
    private final AtomicReference<@Nullable Services> running = new AtomicReference<>();

    private ConfiguredServices(List<ServiceSettings> settings, ServiceTransport transport, NameService names) {
        this.settings = List.copyOf(settings);
        this.transport = transport;
        this.names = names;
    }

    /**
     * Creates the services of a server whose instances are not in the DNS. The transport resolves the names in URLs.
     *
     * @param transport sends requests, for example {@code HttpServiceTransport} of the HTTP adapter
     * @throws IllegalArgumentException if two services have the same name, or the instances of one are in the DNS
     */
    public static ConfiguredServices of(List<ServiceSettings> settings, ServiceTransport transport) {
        for (var one : settings) {
            if (one.instances() instanceof ServiceInstances.Dns || one.instances() instanceof ServiceInstances.Srv) {
                throw new IllegalArgumentException("The instances of the service " + one.name()
                        + " are in the DNS. Pass ConfiguredServices.of(...) a NameService, for example the"
                        + " DnsNameService of the HTTP adapter.");
            }
        }
        return of(settings, transport, NO_NAMES);
    }

    /**
     * Creates the services of a server.
     *
     * @param transport sends requests, for example {@code HttpServiceTransport} of the HTTP adapter
     * @param names resolves the names of services that are in the DNS
     * @throws IllegalArgumentException if two services have the same name
     */
    public static ConfiguredServices of(List<ServiceSettings> settings, ServiceTransport transport, NameService names) {
        var seen = new HashSet<String>();
        for (var one : settings) {
            if (!seen.add(one.name())) {
                throw new IllegalArgumentException("Two services have the name " + one.name() + ".");
            }
        }
        return new ConfiguredServices(settings, transport, names);
    }

    List<ServiceSettings> settings() {
        return settings;
    }

    ServiceTransport transport() {
        return transport;
    }

    NameService names() {
        return names;
    }

    /** Connects this object to the services of its server. */
    void connect(Services services) {
        if (!running.compareAndSet(null, services)) {
            throw new IllegalArgumentException(
                    "These services belong to another server. Create one ConfiguredServices for each server.");
        }
    }

    @Override
    public Optional<ServiceOutcome.NotDelivered> unavailability(String service) {
        return connected().unavailability(service);
    }

    @Override
    public List<Status> list() {
        return connected().list();
    }

    @Override
    public ServiceOutcome call(String service, ServiceRequest request, CallContext context) {
        return connected().call(service, request, context);
    }

    private Services connected() {
        var services = running.get();
        if (services == null) {
            throw new IllegalStateException(
                    "These services belong to no server. Pass them to BreakwaterBuilder.services(...) or to a pack,"
                            + " and build the server.");
        }
        return services;
    }

    /** Is never asked, because no service needs it. */
    private static final class NoNames implements NameService {
        @Override
        public Answer<String> addresses(String host, CallContext context) {
            throw new IllegalStateException("there is no name service for " + host);
        }

        @Override
        public Answer<Target> targets(String name, CallContext context) {
            throw new IllegalStateException("there is no name service for " + name);
        }
    }
}
