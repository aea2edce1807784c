package io.breakwater.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import jakarta.servlet.Servlet;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The servlet of {@code docs/embedding.md}, as it stands there, in Jetty. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServletBridgeTest {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},
            "clientInfo":{"name":"test","version":"1"}}}""";

    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
            "io.modelcontextprotocol/clientCapabilities":{}}""";

    private static final long PAUSE_NANOS = 2_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Breakwater server = Breakwater.named("bridged")
            .tool(echo("echo"))
            .tool(counting())
            .tool(untilCancelled())
            .build();
    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);

    record Text(String text) {}

    @BeforeAll
    void start(@TempDir Path classes) throws Exception {
        EmbeddingGuideTest.compile("McpServlet", classes);
        var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        var servlet = (Servlet) loader.loadClass("McpServlet")
                .getConstructor(Breakwater.class, Set.class)
                .newInstance(server, Set.of("localhost"));
        var holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        var context = new ServletContextHandler();
        context.addServlet(holder, "/mcp");
        jetty.setHandler(context);
        jetty.addConnector(connector);
        jetty.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        jetty.stop();
        http.close();
    }

    @Test
    void servesALegacySessionFromInitializeToDelete() throws Exception {
        var session = session();

        assertThat(inSession(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(inSession(session, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}")
                        .body())
                .contains("\"echo\"", "\"count\"");
        assertThat(inSession(session, call("echo", "")).body()).contains("\"text\":\"hello\"");

        assertThat(send(request().header("Mcp-Session-Id", session).DELETE()).statusCode())
                .isEqualTo(200);
        assertThat(inSession(session, call("echo", "")).statusCode()).isEqualTo(404);
    }

    @Test
    void carriesMessagesOnTheStreamOfASession() throws Exception {
        var session = session();
        var stream = http.sendAsync(
                        request()
                                .header("Mcp-Session-Id", session)
                                .header("Accept", "text/event-stream")
                                .GET()
                                .build(),
                        BodyHandlers.ofInputStream())
                .get(Eventually.SECONDS, TimeUnit.SECONDS);
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");

        server.add(echo("another"));

        assertThat(lineWith("list_changed", stream.body())).startsWith("data: {");
    }

    @Test
    void carriesTheProgressOfACallBeforeItsResult() throws Exception {
        var events = http.send(modern("count"), BodyHandlers.ofString()).body();

        assertThat(events).contains("notifications/progress").contains("data: {");
        assertThat(events.indexOf("notifications/progress")).isLessThan(events.indexOf("counted"));
    }

    @Test
    void cancelsACallWhoseClientHasDisconnected() throws Exception {
        var response = http.sendAsync(modern("until_cancelled"), BodyHandlers.ofInputStream())
                .get(Eventually.SECONDS, TimeUnit.SECONDS);

        response.body().close();

        assertThat(cancelled.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void answersACallOfTheModernEra() throws Exception {
        var response = http.send(modern("echo"), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(response.body()).contains("\"text\":\"hello\"");
    }

    @ParameterizedTest
    @CsvSource({
        "403, POST, localhost, application/json, https://evil.example",
        "403, POST, 127.0.0.1, application/json, ",
        "415, POST, localhost, text/plain, ",
        "405, PUT, localhost, application/json, ",
        "400, POST, localhost, application/json, "
    })
    void refusesWhatIsNoMessageOfAClient(int status, String method, String host, String type, @Nullable String origin)
            throws Exception {
        var request = HttpRequest.newBuilder(uri(host))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString("no message"));
        if (origin != null) {
            request.header("Origin", origin);
        }

        assertThat(send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void limitsTheBody() throws Exception {
        var large = request().header("Content-Type", "application/json").expectContinue(true);

        assertThat(send(large.POST(BodyPublishers.ofString("x".repeat((1 << 20) + 1))))
                        .statusCode())
                .isEqualTo(413);
    }

    private static Tool echo(String name) {
        return Tool.named(name)
                .description("Returns its text.")
                .input(Text.class)
                .handler((argument, call) -> ToolResult.text(argument.text()));
    }

    private static Tool counting() {
        return Tool.named("count")
                .description("Reports progress.")
                .input(Text.class)
                .handler((argument, call) -> {
                    call.progress(1, 2.0, "half");
                    return ToolResult.text("counted");
                });
    }

    private Tool untilCancelled() {
        return Tool.named("until_cancelled")
                .description("Reports progress until it is cancelled.")
                .input(Text.class)
                .handler((argument, call) -> {
                    for (int done = 1; !call.cancelled(); done++) {
                        call.progress(done, null, "still working");
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                    cancelled.countDown();
                    return ToolResult.text("cancelled");
                });
    }

    private String session() throws Exception {
        var response = send(request()
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(INITIALIZE)));
        return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private static String call(String tool, String meta) {
        return "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{"
                + meta.replace("\"_meta\":{", "\"_meta\":{\"progressToken\":7,")
                + "\"name\":\"" + tool + "\",\"arguments\":{\"text\":\"hello\"}}}";
    }

    private HttpResponse<String> inSession(String session, String message) throws Exception {
        return send(request()
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .header("Mcp-Session-Id", session)
                .POST(BodyPublishers.ofString(message)));
    }

    private HttpRequest modern(String tool) {
        return request()
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(BodyPublishers.ofString(call(tool, META + ",")))
                .build();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(uri("localhost")).timeout(Duration.ofSeconds(Eventually.SECONDS));
    }

    private URI uri(String host) {
        return URI.create("http://" + host + ":" + connector.getLocalPort() + "/mcp");
    }

    private static String lineWith(String text, InputStream stream) {
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)).lines();
        return CompletableFuture.supplyAsync(() ->
                        lines.filter(line -> line.contains(text)).findFirst().orElseThrow())
                .orTimeout(Eventually.SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
