package io.breakwater.bootstrap.wiring;

import io.breakwater.adapter.http.outbound.HttpServiceTransport;
import io.breakwater.adapter.http.outbound.NameResolver;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.adapter.http.outbound.dns.DnsNameService;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.SettingKeys;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.ConfiguredServices;
import java.util.Optional;
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
                .withTrustStore(configured.trustStore());
    }
}
