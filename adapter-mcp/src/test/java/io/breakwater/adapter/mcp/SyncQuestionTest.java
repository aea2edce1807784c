package io.breakwater.adapter.mcp;

import static io.breakwater.adapter.mcp.Specifications.question;
import static io.breakwater.adapter.mcp.Specifications.sync;
import static io.breakwater.adapter.mcp.Specifications.textResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedToolContext;
import io.breakwater.port.contract.ScriptedToolContext.Suspension;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a question put by a handler that waits. */
class SyncQuestionTest {
    private static final Json.Obj ACCEPTED =
            Json.object().put("action", "accept").build();

    @Test
    void aCatchOfExceptionsDoesNotCatchASuspension() {
        var toolSpecification = sync((exchange, request) -> {
            try {
                return textResult(
                        exchange.createElicitation(question("?")).action().name());
            } catch (Exception e) {
                return textResult("swallowed");
            }
        });

        assertThat(outcomeWithoutAnswers(toolSpecification)).isInstanceOf(Suspension.class);
    }

    @Test
    void aSuspensionOutlivesAHandlerThatCatchesEverything() {
        var toolSpecification = sync((exchange, request) -> {
            try {
                return textResult(
                        exchange.createElicitation(question("?")).action().name());
            } catch (Throwable e) {
                throw new IllegalStateException("swallowed", e);
            }
        });

        assertThat(outcomeWithoutAnswers(toolSpecification)).isInstanceOf(Suspension.class);
    }

    @Test
    void aSuspensionArrivesFromAnotherThread() {
        var toolSpecification = sync((exchange, request) -> {
            var answer = CompletableFuture.supplyAsync(() -> exchange.createElicitation(question("?")));
            return textResult(answer.join().action().name());
        });

        assertThat(outcomeWithoutAnswers(toolSpecification)).isInstanceOf(Suspension.class);
    }

    @Test
    void aSuspensionArrivesFromTheMiddleOfAPagedList() {
        var toolSpecification =
                sync((exchange, request) -> textResult(exchange.listRoots().toString()));
        var firstPage =
                Json.object().put("roots", Json.array()).put("nextCursor", "2").build();

        var outcome = catchThrowable(() -> call(toolSpecification, ScriptedToolContext.replaying(List.of(firstPage))));

        assertThat(outcome).isInstanceOf(Suspension.class);
    }

    @Test
    void nothingBehindAQuestionRunsBeforeItsAnswer() throws Exception {
        var effects = new AtomicInteger();
        var toolSpecification = sync((exchange, request) -> {
            exchange.createElicitation(question("?"));
            return textResult("effect " + effects.incrementAndGet());
        });

        assertThat(outcomeWithoutAnswers(toolSpecification)).isInstanceOf(Suspension.class);
        assertThat(effects).hasValue(0);
        assertThat(call(toolSpecification, ScriptedToolContext.replaying(List.of(ACCEPTED))))
                .isEqualTo("effect 1");
    }

    @Test
    void aClientsErrorReachesTheHandlerAsTheSdksException() throws Exception {
        var toolSpecification = sync((exchange, request) -> {
            try {
                return textResult(
                        exchange.createElicitation(question("?")).action().name());
            } catch (McpError e) {
                var error = e.getJsonRpcError();
                return textResult(error.code() + " " + error.message() + " " + error.data());
            }
        });
        var refusing = ScriptedToolContext.answering(question -> {
            throw new PortException.ProtocolErrorException(
                    -1, "User rejected", Json.object().put("why", "busy").build(), null);
        });

        assertThat(call(toolSpecification, refusing)).isEqualTo("-1 User rejected {why=busy}");
    }

    @Test
    void anUncaughtErrorOfTheClientEndsTheCall() {
        var toolSpecification = sync((exchange, request) ->
                textResult(exchange.createElicitation(question("?")).action().name()));
        var refusing = ScriptedToolContext.answering(question -> {
            throw new PortException.ProtocolErrorException(-1, "User rejected", null, null);
        });

        assertThat(catchThrowable(() -> call(toolSpecification, refusing)))
                .isInstanceOfSatisfying(PortException.ProtocolErrorException.class, failure -> {
                    assertThat(failure).hasMessage("User rejected");
                    assertThat(failure.code()).isEqualTo(-1);
                });
    }

    @Test
    void noAnswerInTimeEndsTheCallSo() {
        var toolSpecification = sync((exchange, request) ->
                textResult(exchange.createElicitation(question("?")).action().name()));
        var late = new PortException.DeadlineExceededException("Nobody answered", null);
        var waiting = ScriptedToolContext.answering(question -> {
            throw late;
        });

        assertThat(catchThrowable(() -> call(toolSpecification, waiting))).isSameAs(late);
    }

    @Test
    void aClientThatCannotBeAskedIsNotAsked() {
        var toolSpecification = sync((exchange, request) ->
                textResult(exchange.createElicitation(question("?")).action().name()));
        var unable = ScriptedToolContext.silent().withCapabilities(Json.Obj.EMPTY);

        assertThat(catchThrowable(() -> call(toolSpecification, unable)))
                .isInstanceOf(PortException.ProtocolErrorException.class)
                .hasMessage("Client must be configured with elicitation capabilities");
    }

    @Test
    void answersKeepTheirContent() throws Exception {
        var toolSpecification = sync((exchange, request) -> {
            ElicitResult answer = exchange.createElicitation(question("?"));
            return textResult(answer.content().toString());
        });
        var content = Json.object().put("n", 3).put("x", Json.of(0.5)).build();
        var answering = ScriptedToolContext.answering(question ->
                Json.object().put("action", "accept").put("content", content).build());

        assertThat(call(toolSpecification, answering)).isEqualTo("{n=3, x=0.5}");
    }

    private static Throwable outcomeWithoutAnswers(SyncToolSpecification tool) {
        return catchThrowable(() -> call(tool, ScriptedToolContext.replaying(List.of())));
    }

    private static String call(SyncToolSpecification tool, ScriptedToolContext call) throws Exception {
        return SdkWire.textOf(SdkWire.await(SdkTools.sync(tool).call("tool", Json.Obj.EMPTY, call)));
    }
}
