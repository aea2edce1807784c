package io.breakwater.adapter.mcp;

import static io.breakwater.adapter.mcp.Specifications.textResult;

import io.breakwater.port.contract.ToolSourceContract;
import io.breakwater.port.driven.ToolSource;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The contract of a tool source, kept by tools of either kind. */
class SdkToolsContractTest {
    private static final Tool ECHO = Tool.builder("echo", schemaOf("message")).build();
    private static final Tool FAIL = Specifications.tool("fail");
    private static final Tool COUNT = Specifications.tool("count");
    private static final Tool GREET = Specifications.tool("greet");

    private static final ElicitFormRequest WHO =
            ElicitFormRequest.builder("Who is there?", schemaOf("name")).build();
    private static final LoggingMessageNotification GREETED =
            LoggingMessageNotification.builder(LoggingLevel.INFO, "Greeted").build();

    @Nested
    class OfTheSyncKind extends ToolSourceContract {
        @Override
        protected ToolSource make() {
            return SdkTools.sync(
                    new SyncToolSpecification(ECHO, (exchange, request) -> textResult(message(request))),
                    new SyncToolSpecification(FAIL, (exchange, request) -> broken()),
                    new SyncToolSpecification(COUNT, OfTheSyncKind::count),
                    new SyncToolSpecification(GREET, OfTheSyncKind::greet));
        }

        private static CallToolResult count(McpSyncServerExchange exchange, CallToolRequest request) {
            for (int step = 1; step <= 3; step++) {
                exchange.progressNotification(progress(request, step));
            }
            return textResult("3");
        }

        private static CallToolResult greet(McpSyncServerExchange exchange, CallToolRequest request) {
            var name = exchange.createElicitation(WHO).content().get("name");
            exchange.loggingNotification(GREETED);
            return textResult("Hello, " + name);
        }

        @Override
        protected Optional<Runnable> change(ToolSource source) {
            return Optional.of(() -> ((SdkTools) source).remove("fail"));
        }
    }

    @Nested
    class OfTheAsyncKind extends ToolSourceContract {
        @Override
        protected ToolSource make() {
            return SdkTools.async(
                    new AsyncToolSpecification(ECHO, (exchange, request) -> Mono.just(textResult(message(request)))),
                    new AsyncToolSpecification(FAIL, (exchange, request) -> Mono.just(broken())),
                    new AsyncToolSpecification(
                            COUNT,
                            (exchange, request) -> Flux.range(1, 3)
                                    .concatMap(step -> exchange.progressNotification(progress(request, step)))
                                    .then(Mono.just(textResult("3")))),
                    new AsyncToolSpecification(
                            GREET,
                            (exchange, request) -> exchange.createElicitation(WHO)
                                    .delayUntil(answer -> exchange.loggingNotification(GREETED))
                                    .map(answer -> textResult(
                                            "Hello, " + answer.content().get("name")))));
        }

        @Override
        protected Optional<Runnable> change(ToolSource source) {
            return Optional.of(() -> ((SdkTools) source)
                    .add(new AsyncToolSpecification(
                            Specifications.tool("more"), (exchange, request) -> Mono.just(textResult("more")))));
        }
    }

    private static String message(CallToolRequest request) {
        return String.valueOf(request.arguments().get("message"));
    }

    private static CallToolResult broken() {
        return CallToolResult.builder().addTextContent("it broke").isError(true).build();
    }

    private static ProgressNotification progress(CallToolRequest request, int step) {
        return ProgressNotification.builder(request.progressToken(), step)
                .total(3.0)
                .build();
    }

    private static Map<String, Object> schemaOf(String text) {
        return Map.of(
                "type", "object", "properties", Map.of(text, Map.of("type", "string")), "required", List.of(text));
    }
}
