package io.breakwater.bootstrap.wiring;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.dns.DnsNameService;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.SettingKeys;
import io.breakwater.server.BreakwaterBuilder;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The HTTP client for services, which is created when a component needs it first, and closed after that component. */
@Singleton
final class OutboundConnections {
    private final BreakwaterSettings settings;
    private @Nullable OutboundHttpClient client;

    @Inject
    OutboundConnections(BreakwaterSettings settings) {
        this.settings = settings;
    }

    /** Returns the client, which belongs to the server of the builder. */
    OutboundHttpClient client(BreakwaterBuilder builder) {
        var known = client;
        if (known == null) {
            known = create(builder);
            builder.onClose(known);
            client = known;
        }
        return known;
    }

    private OutboundHttpClient create(BreakwaterBuilder builder) {
        if (settings.names().servers().isEmpty()) {
            return OutboundHttpClient.with(settings.outbound(), SettingKeys::keyOf);
        }
        var names = new DnsNameService(settings.names());
        builder.onClose(names);
        return OutboundHttpClient.with(settings.outbound(), names.resolver(), SettingKeys::keyOf);
    }
}
