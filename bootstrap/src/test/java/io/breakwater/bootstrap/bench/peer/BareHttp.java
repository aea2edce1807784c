package io.breakwater.bootstrap.bench.peer;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A bare Vert.x handler: {@code BareHttp PORT inline|virtual}. */
public final class BareHttp {
    private BareHttp() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) {
        int processors = Runtime.getRuntime().availableProcessors();
        boolean hops = arguments[1].equals("virtual");
        Executor virtual = Executors.newVirtualThreadPerTaskExecutor();
        var vertx =
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(processors).setPreferNativeTransport(true));
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(arguments[0]));
        vertx.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                return vertx.createHttpServer(options)
                                        .requestHandler(request -> request.body()
                                                .onSuccess(body -> {
                                                    if (hops) {
                                                        hop(vertx, virtual, request, body.getBytes());
                                                    } else {
                                                        send(request, BareAnswer.to(body.getBytes()));
                                                    }
                                                }))
                                        .listen();
                            }
                        },
                        new DeploymentOptions().setInstances(processors))
                .await();
    }

    private static void hop(Vertx vertx, Executor virtual, HttpServerRequest request, byte[] body) {
        var loop = vertx.getOrCreateContext();
        virtual.execute(() -> {
            byte[] answer = BareAnswer.to(body);
            loop.runOnContext(nothing -> send(request, answer));
        });
    }

    private static void send(HttpServerRequest request, byte[] answer) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(answer));
    }
}
