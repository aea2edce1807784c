package io.breakwater.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.stdio.StdioTransport;
import io.breakwater.bootstrap.config.Settings;

/** The ways in. */
@Module
final class TransportModule {
    private TransportModule() {}

    @Provides
    static HttpTransport http(Settings settings) {
        return HttpTransport.with(settings.http());
    }

    @Provides
    static StdioTransport stdio(Settings settings) {
        return StdioTransport.standard(settings.stdio());
    }
}
