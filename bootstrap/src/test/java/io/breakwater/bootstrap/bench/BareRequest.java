package io.breakwater.bootstrap.bench;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The tool {@code bare_request}: the request that {@code api_request} sends, with nothing but the client of Vert.x. It
 * sends the same header fields on kept connections, checks nothing, and returns the same result.
 */
final class BareRequest {
    private static final int MAX_CONNECTIONS = 1_024;
    private static final long TIMEOUT_SECONDS = 10;

    private final String host;
    private final int port;
    private final Context loop;
    private final HttpClient client;

    /** Creates a tool for a service, with one event loop, as the tools for services have on two processors. */
    BareRequest(String host, int port) {
        this.host = host;
        this.port = port;
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
        this.loop = vertx.getOrCreateContext();
        this.client =
                vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
    }

    record Request(
            @Description("The name of the service") String service,
            @Description("The HTTP method") String method,
            @Description("The path") String endpoint) {}

    record Response(
            @Description("The name of the service") String service,
            @Description("The HTTP method") String method,
            @Description("The path") String endpoint,

            @Description("The HTTP status") @Name("http_status")
            int httpStatus,

            @Description("The body of the response") Json result,
            @Description("Always success") String status) {}

    Tool tool() {
        return Tool.named("bare_request")
                .description("Sends a request to a service, and checks nothing.")
                .input(Request.class)
                .output(Response.class)
                .destructive()
                .openWorld(true)
                .handler(this::send);
    }

    /** All steps run on the event loop: on another thread, the body could arrive before its handler. */
    private Response send(Request request, Call call) throws Exception {
        var options = options(request, call);
        var response = new CompletableFuture<Response>();
        loop.runOnContext(unused -> client.request(options)
                .compose(HttpClientRequest::send)
                .compose(received -> received.body().map(body -> result(request, received.statusCode(), body)))
                .onComplete(response::complete, response::completeExceptionally));
        return response.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private RequestOptions options(Request request, Call call) {
        return new RequestOptions()
                .setHost(host)
                .setPort(port)
                .setURI(request.endpoint())
                .setMethod(HttpMethod.valueOf(request.method()))
                .putHeader("User-Agent", "Breakwater")
                .putHeader("Accept-Encoding", "identity")
                .putHeader("accept", "application/json, text/*;q=0.9, */*;q=0.8")
                .putHeader("x-request-id", call.requestId());
    }

    private static Response result(Request request, int status, Buffer body) {
        return new Response(
                request.service(),
                request.method(),
                request.endpoint(),
                status,
                new Json.Raw(body.getBytes()),
                "success");
    }
}
