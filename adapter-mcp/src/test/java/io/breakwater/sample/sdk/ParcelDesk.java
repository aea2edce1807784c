package io.breakwater.sample.sdk;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The tools of the parcel desk, written for Reactor. */
public final class ParcelDesk {
    private static final List<String> STATIONS = List.of("Hamburg", "Hannover", "Kassel");

    private static final String PARCEL = """
            {
              "type": "object",
              "properties": { "parcel": { "type": "integer", "minimum": 1 } },
              "required": ["parcel"]
            }
            """;

    private static final String TRACK = """
            {
              "type": "object",
              "properties": {
                "parcel": { "type": "integer" },
                "stations": { "type": "array", "items": { "type": "string" } }
              },
              "required": ["parcel", "stations"]
            }
            """;

    private static final Map<String, Object> SIGNATURE = Map.of(
            "type", "object",
            "properties", Map.of("name", Map.of("type", "string", "minLength", 1)),
            "required", List.of("name"));

    /** A desk. */
    public ParcelDesk() {}

    /** What the desk offers. */
    public List<AsyncToolSpecification> tools() {
        return List.of(trackParcel(), apologise(), callCarrier());
    }

    /** Works on Reactor's own threads, with progress, a log line and structured output. */
    private AsyncToolSpecification trackParcel() {
        var tool = Tool.builder("track_parcel", McpJsonDefaults.getMapper(), PARCEL)
                .title("Track parcel")
                .description("Lists the stations a parcel has passed.")
                .outputSchema(McpJsonDefaults.getMapper(), TRACK)
                .build();
        return specification(tool, this::track);
    }

    private Mono<CallToolResult> track(McpAsyncServerExchange exchange, CallToolRequest request) {
        return Flux.fromIterable(STATIONS)
                .index()
                .publishOn(Schedulers.parallel())
                .concatMap(station ->
                        tell(exchange, request, station.getT1().intValue() + 1).thenReturn(station.getT2()))
                .collectList()
                .delayUntil(stations -> exchange.loggingNotification(
                        LoggingMessageNotification.builder(LoggingLevel.NOTICE, stations.size() + " stations")
                                .build()))
                .map(stations -> CallToolResult.builder()
                        .structuredContent(Map.of("parcel", parcel(request), "stations", stations))
                        .build());
    }

    private static Mono<Void> tell(McpAsyncServerExchange exchange, CallToolRequest request, int done) {
        return Mono.justOrEmpty(request.progressToken())
                .flatMap(token -> exchange.progressNotification(ProgressNotification.builder(token, done)
                        .total((double) STATIONS.size())
                        .build()));
    }

    /** Lets the client's model write, then a human sign: two questions, the second knowing the first's answer. */
    private AsyncToolSpecification apologise() {
        var tool = Tool.builder("apologise", McpJsonDefaults.getMapper(), PARCEL)
                .description("Drafts an apology for a late parcel and has it signed.")
                .build();
        return specification(
                tool, (exchange, request) -> draft(exchange, parcel(request)).flatMap(text -> sign(exchange, text)));
    }

    private static Mono<String> draft(McpAsyncServerExchange exchange, int parcel) {
        var prompt = new SamplingMessage(
                Role.USER,
                TextContent.builder("Apologise for parcel " + parcel + " in one sentence.")
                        .build());
        return exchange.createMessage(
                        CreateMessageRequest.builder(List.of(prompt), 200).build())
                .map(answer -> ((TextContent) answer.content()).text());
    }

    private static Mono<CallToolResult> sign(McpAsyncServerExchange exchange, String text) {
        return exchange.createElicitation(ElicitFormRequest.builder("Who signs this? " + text, SIGNATURE)
                        .build())
                .filter(answer -> answer.action() == ElicitResult.Action.ACCEPT)
                .map(answer -> textResult(text + " " + answer.content().get("name")))
                .defaultIfEmpty(textResult("Nobody signed"))
                .onErrorResume(e -> Mono.just(textResult("Sent unsigned: " + text)));
    }

    /** Fails in a pipeline. */
    private AsyncToolSpecification callCarrier() {
        var tool = Tool.builder("call_carrier", McpJsonDefaults.getMapper(), PARCEL)
                .description("Calls the carrier, who is never there.")
                .build();
        return specification(
                tool,
                (exchange, request) -> Mono.delay(Duration.ofMillis(5))
                        .map(tick -> textResult("Hello?"))
                        .filter(answer -> false)
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException("The carrier does not answer"))));
    }

    private static int parcel(CallToolRequest request) {
        return ((Integer) Objects.requireNonNull(request.arguments().get("parcel")));
    }

    private static CallToolResult textResult(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static AsyncToolSpecification specification(
            Tool tool, BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> handler) {
        return AsyncToolSpecification.builder().tool(tool).callHandler(handler).build();
    }
}
