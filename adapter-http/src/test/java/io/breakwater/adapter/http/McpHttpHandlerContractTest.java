package io.breakwater.adapter.http;

import io.breakwater.port.contract.TransportContract;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driving.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** On a server of the application, a handler keeps what every transport promises. */
class McpHttpHandlerContractTest extends TransportContract {

    @Override
    protected Transport make() {
        return new Application();
    }

    @Override
    protected Client connect(Transport started) {
        return HttpTransportContractTest.client(started);
    }

    @Override
    protected Client connectWithoutReading(Transport started) {
        return HttpTransportContractTest.deafClient(started);
    }

    /** The application with its server, whose life is that of the handler on it. */
    private static final class Application implements Transport {
        private final MountedServer server = MountedServer.with(HttpSettings.defaults());
        private final McpHttpHandler handler = server.handler;

        @Override
        public void start(Host host) {
            handler.start(host);
        }

        @Override
        public void startGracefulShutdown() {
            handler.startGracefulShutdown();
        }

        @Override
        public void drain() {
            handler.drain();
        }

        @Override
        public boolean stop(Duration grace) {
            boolean whole = handler.stop(grace);
            server.closeVertx();
            return whole;
        }

        @Override
        public CompletionStage<Void> ended() {
            return handler.ended();
        }

        @Override
        public List<Dependency> dependencies() {
            return handler.dependencies();
        }

        @Override
        public String address() {
            return "http://127.0.0.1:" + server.port + "/mcp";
        }
    }
}
