package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.ToolException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a handler throws, as the client sees it. */
class OutcomeMappingTest {

    @FunctionalInterface
    private interface Thrower {
        Exception thrown(Call call);
    }

    private static Breakwater throwing(Thrower thrower) {
        return Breakwater.named("t")
                .tool(SampleTools.saying("throw", call -> {
                    throw thrower.thrown(call);
                }))
                .build();
    }

    private static RecordedReply modern(Thrower thrower) {
        try (var server = throwing(thrower)) {
            return ModernRequests.http(server, "{'roots':{}}").call("throw").awaitEnd();
        }
    }

    private static RecordedReply legacy(Thrower thrower) {
        try (var server = throwing(thrower)) {
            return LegacyRequests.begun(server).call("throw").awaitEnd();
        }
    }

    @Test
    void aToolErrorIsAResultInWords() {
        var error = new ToolException(ErrorCode.CONFLICT, "Somebody was faster", Duration.ofSeconds(2), null);
        var result = modern(call -> error).result();

        assertThat(result.get("isError")).isEqualTo(Json.of(true));
        var shown = result.object("structuredContent").object("error");
        assertThat(shown.text("code")).isEqualTo("CONFLICT");
        assertThat(shown.text("message")).isEqualTo("Somebody was faster");
        assertThat(shown.text("requestId")).isNotBlank();
        assertThat(shown.get("retryAfterMs")).isEqualTo(Json.of(2000));
    }

    static Stream<Function<Throwable, Exception>> wrappings() {
        return Stream.of(
                ExecutionException::new,
                CompletionException::new,
                UndeclaredThrowableException::new,
                cause -> new ExecutionException(new CompletionException(cause)));
    }

    @ParameterizedTest
    @MethodSource("wrappings")
    void whatFuturesAndProxiesWrapIsSeenAsItIs(Function<Throwable, Exception> wrapped) {
        assertThat(modern(call -> wrapped.apply(new McpException(McpException.INVALID_PARAMS, "No such page")))
                        .code())
                .isEqualTo(McpException.INVALID_PARAMS);
        assertThat(modern(call -> wrapped.apply(new ToolException(ErrorCode.NOT_FOUND, "No such order")))
                        .result())
                .asString()
                .contains("NOT_FOUND");
        assertThat(modern(call -> wrapped.apply(question(call))).result().text("resultType"))
                .isEqualTo("input_required");
    }

    private static Throwable question(Call call) {
        try {
            call.request("r", ClientRequest.roots());
        } catch (Error unwind) { // as a future catches it
            return unwind;
        }
        throw new AssertionError("there is no answer yet");
    }

    @Test
    void aWrapperOfSomethingUnknownTellsNothing() {
        assertThat(modern(call -> new ExecutionException(new IllegalStateException("secret")))
                        .result())
                .asString()
                .contains("INTERNAL_ERROR")
                .doesNotContain("secret");
    }

    @Test
    void failuresOfPortsAreToldInTheWordsOfTools() {
        assertThat(modern(call -> new PortException.UnavailableException(
                                "The shop is closed", Duration.ofSeconds(1), null))
                        .result())
                .asString()
                .contains("EXTERNAL_ERROR", "The shop is closed", "1000");
        assertThat(modern(call -> new PortException.DeadlineExceededException("Too slow", null))
                        .result())
                .asString()
                .contains("TIMEOUT", "Too slow");
        assertThat(modern(call -> new PortException.RefusedException("Never", null))
                        .result())
                .asString()
                .contains("EXTERNAL_ERROR", "Never");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID, INVALID_PARAMS, -32602",
        "FORBIDDEN, FORBIDDEN, -32602",
        "NOT_FOUND, NOT_FOUND, -32602",
        "CONFLICT, CONFLICT, -32602",
        "OVERLOADED, OVERLOADED, -32603",
        "OTHER, EXTERNAL_ERROR, -32603"
    })
    void whatIsRefusedSaysWhoseFaultThatIs(Reason reason, ErrorCode code, int rpc) {
        var refused = new PortException.RefusedException(reason, "Not so", null);

        assertThat(modern(call -> refused).result()).asString().contains(code.name(), "Not so");
        assertThat(modernPrompt(refused).code()).isEqualTo(rpc);
        assertThat(modernPrompt(refused).error().text("message")).isEqualTo("Not so");
    }

    private static RecordedReply modernPrompt(PortException failure) {
        try (var server = Breakwater.named("t")
                .prompt(Prompt.named("throw").description("Throws.").handler((arguments, call) -> {
                    throw failure;
                }))
                .build()) {
            return ModernRequests.http(server, "{}")
                    .ask("prompts/get", "{'name':'throw'}")
                    .awaitEnd();
        }
    }

    @Test
    void anOverloadedServerSaysWhenToRetry() {
        var shown = shown(new PortException.RefusedException(Reason.OVERLOADED, "Full", null));

        assertThat(shown.text("code")).isEqualTo("OVERLOADED");
        assertThat(shown.get("retryAfterMs")).isEqualTo(Json.of(1000));
    }

    private static Json.Obj shown(PortException failure) {
        return modern(call -> failure).result().object("structuredContent").object("error");
    }

    @Test
    void whoHasUsedUpItsShareIsToldWhenThereIsMore() {
        var shown = shown(new PortException.ExhaustedException("Enough for today", Duration.ofHours(1)));

        assertThat(shown.text("code")).isEqualTo("RATE_LIMITED");
        assertThat(shown.get("retryAfterMs")).isEqualTo(Json.of(3_600_000));
    }

    @Test
    void anErrorOfAnotherServerIsPassedOn() {
        var data = Json.object().put("uri", "x://y").build();
        var reply = modern(call -> new PortException.ProtocolErrorException(-32602, "Not there", data, null));

        assertThat(reply.code()).isEqualTo(-32602);
        assertThat(reply.error().object("data")).isEqualTo(data);
    }

    @Test
    void codesThatAnEraDoesNotKnowStayOutOfIt() {
        assertThat(modern(call -> new PortException.ProtocolErrorException(-32042, "Visit", null, null))
                        .code())
                .isEqualTo(McpException.INTERNAL_ERROR);
        assertThat(modern(call -> new PortException.ProtocolErrorException(-32002, "Not there", null, null))
                        .code())
                .isEqualTo(McpException.INVALID_PARAMS);
        assertThat(modern(call -> new PortException.ProtocolErrorException(1234, "Our own", null, null))
                        .code())
                .isEqualTo(1234);
        assertThat(legacy(call -> new PortException.ProtocolErrorException(-32021, "Roots please", null, null))
                        .code())
                .isEqualTo(McpException.INVALID_REQUEST);
        assertThat(legacy(call -> new PortException.ProtocolErrorException(-32042, "Visit", null, null))
                        .code())
                .isEqualTo(-32042);
    }

    @Test
    void aMissingCapabilityIsMalformedInTheModernEraAndAResultInTheLegacyEra() {
        var missing = new McpException(McpException.MISSING_CAPABILITY, "Roots please");

        assertThat(modern(call -> missing).status()).isEqualTo(ReplyStatus.MALFORMED);
        assertThat(legacy(call -> missing).status()).isEqualTo(ReplyStatus.RESULT);
    }
}
