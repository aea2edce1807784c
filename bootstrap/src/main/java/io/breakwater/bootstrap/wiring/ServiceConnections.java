package io.breakwater.bootstrap.wiring;

import io.breakwater.adapter.http.outbound.HttpServiceTransport;
import io.breakwater.adapter.http.outbound.NameResolver;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.adapter.http.outbound.dns.DnsNameService;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.SettingKeys;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.ConfiguredServices;
import io.breakwater.server.settings.ServiceCredentials;
import io.breakwater.server.settings.ServiceCredentials.TokenEndpoint;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
import io.breakwater.server.settings.ServiceSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The HTTP services of the configuration, and the connections to them; nothing is created if there are none. */
@Singleton
final class ServiceConnections {
    private final @Nullable HttpServiceTransport transport;
    private final @Nullable DnsNameService names;
    private final @Nullable ConfiguredServices services;

    @Inject
    ServiceConnections(BreakwaterSettings settings) {
        if (settings.services().isEmpty()) {
            transport = null;
            names = null;
            services = null;
            return;
        }
        names = new DnsNameService(settings.names());
        transport = HttpServiceTransport.with(connections(settings), resolver(settings, names), SettingKeys::keyOf);
        services = ConfiguredServices.of(settings.services(), transport, names);
    }

    /** The system does not know the name servers of the configuration. */
    private static NameResolver resolver(BreakwaterSettings settings, DnsNameService names) {
        return settings.names().servers().isEmpty() ? NameResolver.SYSTEM : names.resolver();
    }

    /** Returns the services, unless there are none. */
    Optional<ConfiguredServices> services() {
        return Optional.ofNullable(services);
    }

    void addTo(BreakwaterBuilder builder) {
        if (transport != null && names != null && services != null) {
            builder.services(services).onClose(transport).onClose(names);
        }
    }

    private static OutboundSettings connections(BreakwaterSettings settings) {
        var configured = settings.outbound();
        return HttpServiceTransport.defaults()
                .withAllowed(configured.allowed())
                .withTrustStore(configured.trustStore())
                .withWrittenHosts(writtenHosts(settings.services()));
    }

    /** An operator who writes an address wants connections to it; the addresses of names are not in their hands. */
    private static List<String> writtenHosts(List<ServiceSettings> services) {
        return services.stream()
                .flatMap(service -> Stream.concat(instances(service.instances()), tokens(service.credentials())))
                .map(ServiceOrigin::host)
                .distinct()
                .toList();
    }

    private static Stream<ServiceOrigin> instances(ServiceInstances instances) {
        return instances instanceof ServiceInstances.Fixed(List<ServiceOrigin> origins)
                ? origins.stream()
                : Stream.empty();
    }

    private static Stream<ServiceOrigin> tokens(ServiceCredentials credentials) {
        return switch (credentials) {
            case ServiceCredentials.ClientCredentials(TokenEndpoint endpoint) -> Stream.of(endpoint.origin());
            case ServiceCredentials.TokenExchange(TokenEndpoint endpoint) -> Stream.of(endpoint.origin());
            default -> Stream.empty();
        };
    }
}
