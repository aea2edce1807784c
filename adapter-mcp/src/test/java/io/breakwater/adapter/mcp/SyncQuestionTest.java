package io.breakwater.adapter.mcp;

import static io.breakwater.adapter.mcp.Specifications.question;
import static io.breakwater.adapter.mcp.Specifications.said;
import static io.breakwater.adapter.mcp.Specifications.sync;
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
        var asked = sync((exchange, request) -> {
            try {
                return said(exchange.createElicitation(question("?")).action().name());
            } catch (Exception e) {
                return said("swallowed");
            }
        });

        assertThat(outcomeWithoutAnswers(asked)).isInstanceOf(Suspension.class);
    }

    @Test
    void aSuspensionOutlivesAHandlerThatCatchesEverything() {
        var asked = sync((exchange, request) -> {
            try {
                return said(exchange.createElicitation(question("?")).action().name());
            } catch (Throwable e) {
                throw new IllegalStateException("swallowed", e);
            }
        });

        assertThat(outcomeWithoutAnswers(asked)).isInstanceOf(Suspension.class);
    }

    @Test
    void aSuspensionArrivesFromAnotherThread() {
        var asked = sync((exchange, request) -> {
            var answer = CompletableFuture.supplyAsync(() -> exchange.createElicitation(question("?")));
            return said(answer.join().action().name());
        });

        assertThat(outcomeWithoutAnswers(asked)).isInstanceOf(Suspension.class);
    }

    @Test
    void aSuspensionArrivesFromTheMiddleOfAPagedList() {
        var asked = sync((exchange, request) -> said(exchange.listRoots().toString()));
        var firstPage =
                Json.object().put("roots", Json.array()).put("nextCursor", "2").build();

        var outcome = catchThrowable(() -> call(asked, ScriptedToolContext.replaying(List.of(firstPage))));

        assertThat(outcome).isInstanceOf(Suspension.class);
    }

    @Test
    void nothingBehindAQuestionRunsBeforeItsAnswer() throws Exception {
        var effects = new AtomicInteger();
        var asked = sync((exchange, request) -> {
            exchange.createElicitation(question("?"));
            return said("effect " + effects.incrementAndGet());
        });

        assertThat(outcomeWithoutAnswers(asked)).isInstanceOf(Suspension.class);
        assertThat(effects).hasValue(0);
        assertThat(call(asked, ScriptedToolContext.replaying(List.of(ACCEPTED))))
                .isEqualTo("effect 1");
    }

    @Test
    void aClientsErrorReachesTheHandlerAsTheSdksException() throws Exception {
        var asked = sync((exchange, request) -> {
            try {
                return said(exchange.createElicitation(question("?")).action().name());
            } catch (McpError e) {
                var error = e.getJsonRpcError();
                return said(error.code() + " " + error.message() + " " + error.data());
            }
        });
        var refusing = ScriptedToolContext.answering(question -> {
            throw new PortException.ProtocolErrorException(
                    -1, "User rejected", Json.object().put("why", "busy").build(), null);
        });

        assertThat(call(asked, refusing)).isEqualTo("-1 User rejected {why=busy}");
    }

    @Test
    void aClientsErrorThatNobodyCatchesEndsTheCall() {
        var asked = sync((exchange, request) ->
                said(exchange.createElicitation(question("?")).action().name()));
        var refusing = ScriptedToolContext.answering(question -> {
            throw new PortException.ProtocolErrorException(-1, "User rejected", null, null);
        });

        assertThat(catchThrowable(() -> call(asked, refusing)))
                .isInstanceOfSatisfying(PortException.ProtocolErrorException.class, failure -> {
                    assertThat(failure).hasMessage("User rejected");
                    assertThat(failure.code()).isEqualTo(-1);
                });
    }

    @Test
    void noAnswerInTimeEndsTheCallSo() {
        var asked = sync((exchange, request) ->
                said(exchange.createElicitation(question("?")).action().name()));
        var late = new PortException.DeadlineExceededException("Nobody answered", null);
        var waiting = ScriptedToolContext.answering(question -> {
            throw late;
        });

        assertThat(catchThrowable(() -> call(asked, waiting))).isSameAs(late);
    }

    @Test
    void aClientThatCannotBeAskedIsNotAsked() {
        var asked = sync((exchange, request) ->
                said(exchange.createElicitation(question("?")).action().name()));
        var unable = ScriptedToolContext.silent().withCapabilities(Json.Obj.EMPTY);

        assertThat(catchThrowable(() -> call(asked, unable)))
                .isInstanceOf(PortException.ProtocolErrorException.class)
                .hasMessage("Client must be configured with elicitation capabilities");
    }

    @Test
    void answersKeepTheirContent() throws Exception {
        var asked = sync((exchange, request) -> {
            ElicitResult answer = exchange.createElicitation(question("?"));
            return said(answer.content().toString());
        });
        var content = Json.object().put("n", 3).put("x", Json.of(0.5)).build();
        var answering = ScriptedToolContext.answering(question ->
                Json.object().put("action", "accept").put("content", content).build());

        assertThat(call(asked, answering)).isEqualTo("{n=3, x=0.5}");
    }

    private static Throwable outcomeWithoutAnswers(SyncToolSpecification tool) {
        return catchThrowable(() -> call(tool, ScriptedToolContext.replaying(List.of())));
    }

    private static String call(SyncToolSpecification tool, ScriptedToolContext call) throws Exception {
        return SdkWire.textOf(SdkWire.await(SdkTools.sync(tool).call("tool", Json.Obj.EMPTY, call)));
    }
}
