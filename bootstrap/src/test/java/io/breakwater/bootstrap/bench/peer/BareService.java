package io.breakwater.bootstrap.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service that the measured server calls: {@code BareService HOST PORT DELAY-MILLIS}. It sends one small JSON document
 * after the delay; {@code /health} is a health check, without a delay, and {@code /checks} returns the number of these.
 */
public final class BareService {
    private static final String DOCUMENT = "{\"id\":17,\"item\":\"lamp\",\"quantity\":2,\"price\":\"12.50\"}";

    private final Vertx vertx;
    private final long delayMillis;
    private final AtomicLong checks = new AtomicLong();

    private BareService(Vertx vertx, long delayMillis) {
        this.vertx = vertx;
        this.delayMillis = delayMillis;
    }

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        var service = new BareService(vertx, Long.parseLong(arguments[2]));
        vertx.createHttpServer(new HttpServerOptions().setHost(arguments[0]).setPort(Integer.parseInt(arguments[1])))
                .connectionHandler(BareService::acceptFromThisMachine)
                .requestHandler(service::handle)
                .listen()
                .await();
    }

    /** The listener may be on all addresses, of which only those of the loopback network are meant. */
    private static void acceptFromThisMachine(HttpConnection connection) {
        if (!connection.localAddress().hostAddress().startsWith("127.")) {
            connection.close();
        }
    }

    private void handle(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/health" -> {
                checks.incrementAndGet();
                send(request, DOCUMENT);
            }
            case "/checks" -> send(request, Long.toString(checks.get()));
            default -> {
                if (delayMillis > 0) {
                    vertx.setTimer(delayMillis, over -> send(request, DOCUMENT));
                } else {
                    send(request, DOCUMENT);
                }
            }
        }
    }

    private static void send(HttpServerRequest request, String json) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }
}
