package io.breakwater.adapter.http;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Converts the settings to options of Vert.x. */
final class VertxSettings {
    private VertxSettings() {}

    /** Returns options with this number of event loops and without unused features. */
    static VertxOptions vertx(int eventLoops) {
        return new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /** Returns the address to listen on; port 0 selects the same free port for all servers of one Vert.x instance. */
    static SocketAddress address(InetAddress address, int port) {
        var host = address.getHostAddress();
        return port == 0 ? SocketAddress.sharedRandomPort(1, host) : SocketAddress.inetSocketAddress(port, host);
    }

    /**
     * Returns the options for limits, protocols and timeouts.
     *
     * @param pair certificate and key, or null for plain HTTP
     */
    static HttpServerOptions server(HttpSettings settings, @Nullable PemKeyCertOptions pair) {
        var limits = settings.limits();
        var options = new HttpServerOptions()
                .setMaxHeaderSize(limits.headBytes())
                .setMaxInitialLineLength(limits.requestLineBytes())
                .setStrictThreadMode(true)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout((int) Math.min(
                        Integer.MAX_VALUE, settings.streams().writeTimeout().toMillis()))
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHttp2RstFloodMaxRstFramePerWindow(limits.resetsPerWindow())
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(limits.requestsPerConnection())
                        .setMaxHeaderListSize(limits.headBytes()));
        if (pair != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setSslHandshakeTimeout(limits.handshakeTimeout().toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setKeyCertOptions(pair);
        }
        return options;
    }
}
