package io.breakwater.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.stdio.StdioTransport;
import io.breakwater.bootstrap.config.BreakwaterSettings;

/** Provides the transports. */
@Module
final class TransportModule {
    private TransportModule() {}

    @Provides
    static HttpTransport http(BreakwaterSettings settings) {
        return HttpTransport.with(settings.http());
    }

    @Provides
    static StdioTransport stdio(BreakwaterSettings settings) {
        return StdioTransport.standard(settings.stdio());
    }
}
