package io.breakwater.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.adapter.postgres.store.StoreSettings;
import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.sample.client.BearerTransport;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.InProcessTransport;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/embedding.md} shows must compile as it stands. */
class EmbeddingGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "embedding.md");
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public (?:class|record) (\\w+)");

    static Stream<Source> examples() throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE)).results().map(block -> Source.of(block.group(1)));
    }

    @Test
    void showsExamples() throws IOException {
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void compilesAsItStands(Source example, @TempDir Path classes) {
        assertThat(errors(example, classes)).isEmpty();
    }

    static Stream<Arguments> userAnswers() {
        return Stream.of(
                Arguments.of(
                        ClientResponses.accepted(Json.object().put("sure", true).build()), "deleted"),
                Arguments.of(
                        ClientResponses.accepted(
                                Json.object().put("sure", false).build()),
                        "kept"),
                Arguments.of(ClientResponses.declined(), "DECLINED"),
                Arguments.of(ClientResponses.cancelled(), "DECLINED"));
    }

    @ParameterizedTest
    @MethodSource("userAnswers")
    void deletesAFileOnlyWhenTheUserIsSure(Json.Obj answer, String outcome, @TempDir Path classes) throws Exception {
        compile("Asking", classes);
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                var server = Breakwater.named("guide").tool(deleteFile(loader)).build();
                var client = InMemoryClient.overExchanges(server)
                        .onServerRequest(asked -> answer)
                        .connect()) {
            var file = Json.object().put("file", "report.txt").build();

            assertThat(client.call("delete_file", file).text()).contains(outcome);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletesOnlyTheFilesThatTheUserConfirms(ClientMode mode, @TempDir Path classes) throws Exception {
        compile("FileDeletion", classes);
        var deleted = new ArrayList<Object>();
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                var server = Breakwater.named("guide")
                        .tool(deleteFiles(loader, deleted::add))
                        .build();
                var client = mode.to(server)
                        .onServerRequest(asked -> ClientResponses.accepted(Json.object()
                                .put("sure", !asked.message().contains("b.txt"))
                                .build()))
                        .connect()) {
            var files = Json.texts(List.of("a.txt", "b.txt", "c.txt", "a.txt"));

            var text = client.call(
                            "delete_files", Json.object().put("files", files).build())
                    .text();

            assertThat(text).isEqualTo("Deleted: [a.txt, c.txt]");
            assertThat(deleted).containsExactly("a.txt", "c.txt");
        }
    }

    @Test
    void servesTheAnnotatedTool(@TempDir Path classes) throws Exception {
        compile("OrderTools", classes);
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                var server = (Breakwater) call(loader, "OrderTools", "server");
                var client = InMemoryClient.of(server)) {
            var order =
                    client.call("findOrder", Json.object().put("number", "A-1").build());

            assertThat(order.structured().text("status")).isEqualTo("shipped");
        }
    }

    @Test
    void limitsTheRateOfEachCaller(@TempDir Path classes) throws Exception {
        compile("RateLimiter", classes);
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                var server = Breakwater.named("guide")
                        .interceptor(rateLimiter(loader, 2, Duration.ofHours(1)))
                        .tool(Tool.named("ping")
                                .description("Answers.")
                                .handler((arguments, call) -> ToolResult.text("pong")))
                        .build();
                var client = InMemoryClient.of(server)) {
            assertThat(client.call("ping", Json.Obj.EMPTY).text()).isEqualTo("pong");
            assertThat(client.call("ping", Json.Obj.EMPTY).text()).isEqualTo("pong");

            assertThatThrownBy(() -> client.call("ping", Json.Obj.EMPTY))
                    .hasMessageContaining("You exceeded your rate of calls.");
        }
    }

    /** Connects a client that sends this token with each message. */
    static McpClient client(Breakwater server, String token) {
        var transport = InProcessTransport.exchanges(server.host());
        return McpClient.builder(new BearerTransport(transport, token)).connect();
    }

    @Test
    void requiresABearerToken(@TempDir Path classes) throws Exception {
        compile("TokenAuthenticator", classes);
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            var authenticator =
                    tokenAuthenticator(loader, token -> token.equals("ann-1") ? Optional.of("ann") : Optional.empty());
            try (var server = Breakwater.named("guide")
                            .authenticator(authenticator)
                            .tool(Tool.named("me")
                                    .description("Returns the principal.")
                                    .handler((arguments, call) ->
                                            ToolResult.text(call.principal().id())))
                            .build();
                    var client = client(server, "ann-1");
                    var stranger = client(server, "other");
                    var anonymous = InMemoryClient.of(server)) {
                assertThat(client.call("me").text()).isEqualTo("ann");
                assertThatThrownBy(() -> stranger.call("me")).hasMessageContaining("Send a valid bearer token.");
                assertThatThrownBy(anonymous::tools).hasMessageContaining("Send a bearer token in the header field");
            }
        }
    }

    @Test
    void offersServicesAndOrders(@TempDir Path classes) throws Exception {
        compile("ShopServices", classes);
        var unreachable = StoreSettings.forUrl(ConnectionString.of("postgresql://shop@127.0.0.1:1/shop"));
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                var store = PostgresStore.open(unreachable)) {
            var method =
                    loader.loadClass("ShopServices").getDeclaredMethod("server", PostgresStore.class, Secret.class);
            method.setAccessible(true);
            try (var server = (Breakwater) method.invoke(null, store, Secret.of("s3cret"));
                    var client = InMemoryClient.of(server)) {
                assertThat(client.tools())
                        .extracting(tool -> tool.text("name"))
                        .contains("api_request", "list_services", "create_order");
                assertThat(client.call("list_services").text())
                        .contains("\"order-service\"", "\"payment-service\"", "GET /users/{id} returns one user.");
            }
        }
    }

    @Test
    void testsAServerInMemory(@TempDir Path classes) throws Exception {
        compile("GreeterTest", classes);
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            var type = loader.loadClass("GreeterTest");
            var test = type.getDeclaredMethod("greetsTheUser");
            test.setAccessible(true);

            assertThatCode(() -> test.invoke(type.getConstructor().newInstance()))
                    .doesNotThrowAnyException();
        }
    }

    private static Authenticator tokenAuthenticator(ClassLoader loader, Function<String, Optional<String>> userOf)
            throws ReflectiveOperationException {
        return (Authenticator) loader.loadClass("TokenAuthenticator")
                .getConstructor(Function.class)
                .newInstance(userOf);
    }

    private static Interceptor rateLimiter(ClassLoader loader, int burst, Duration interval)
            throws ReflectiveOperationException {
        return (Interceptor) loader.loadClass("RateLimiter")
                .getConstructor(int.class, Duration.class)
                .newInstance(burst, interval);
    }

    /** Compiles the example with that class into that folder. */
    static void compile(String name, Path classes) throws IOException {
        var example = examples()
                .filter(source -> source.getName().contains(name))
                .findFirst()
                .orElseThrow();
        assertThat(errors(example, classes)).isEmpty();
    }

    private static Tool deleteFile(ClassLoader loader) throws ReflectiveOperationException {
        return (Tool) call(loader, "Asking", "deleteFile");
    }

    private static Tool deleteFiles(ClassLoader loader, Consumer<Object> delete) throws ReflectiveOperationException {
        var method = loader.loadClass("FileDeletion").getDeclaredMethod("deleteFiles", Consumer.class);
        method.setAccessible(true);
        return (Tool) method.invoke(null, delete);
    }

    private static Object call(ClassLoader loader, String type, String name) throws ReflectiveOperationException {
        var method = loader.loadClass(type).getDeclaredMethod(name);
        method.setAccessible(true);
        return method.invoke(null);
    }

    @Test
    void wouldNoticeAnExampleThatDoesNotCompile(@TempDir Path classes) {
        assertThat(errors(Source.of("public class Broken { Breakwater server; }"), classes))
                .isNotEmpty();
    }

    private static List<String> errors(Source source, Path classes) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        var options = List.of(
                "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-parameters");
        compiler.getTask(null, null, found, options, null, List.of(source)).call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }

    /** A source held in memory, named by the class in it. */
    static final class Source extends SimpleJavaFileObject {
        private final String code;

        private Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        static Source of(String code) {
            var name = CLASS.matcher(code);
            assertThat(name.find())
                    .as("an example contains a public class or record")
                    .isTrue();
            return new Source(name.group(1), code);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
