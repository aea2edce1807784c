package io.breakwater.adapter.mcp;

import static io.breakwater.adapter.mcp.Specifications.async;
import static io.breakwater.adapter.mcp.Specifications.question;
import static io.breakwater.adapter.mcp.Specifications.textResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedToolContext;
import io.breakwater.port.contract.ScriptedToolContext.Suspension;
import io.breakwater.sample.waiting.Eventually;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/** What becomes of a question put by a handler that does not wait. */
class AsyncQuestionTest {

    @Test
    void operatorsDoNotSeeASuspension() {
        var toolSpecification = async((exchange, request) -> exchange.createElicitation(question("?"))
                .map(answer -> textResult("answered"))
                .retry(3)
                .onErrorResume(e -> Mono.just(textResult("swallowed")))
                .onErrorReturn(textResult("swallowed"))
                .switchIfEmpty(Mono.just(textResult("swallowed"))));
        var run = ScriptedToolContext.replaying(List.of());

        assertThat(catchThrowable(() -> call(toolSpecification, run))).isInstanceOf(Suspension.class);
        assertThat(run.requests()).hasSize(1);
    }

    @Test
    void thePipelineIsCancelledWhenAQuestionUnwinds() {
        var end = new CompletableFuture<SignalType>();
        var toolSpecification = async((exchange, request) -> exchange.createElicitation(question("?"))
                .map(answer -> textResult("answered"))
                .doFinally(end::complete));

        assertThat(catchThrowable(() -> call(toolSpecification, ScriptedToolContext.replaying(List.of()))))
                .isInstanceOf(Suspension.class);
        assertThat(end).succeedsWithin(Eventually.LIMIT).isEqualTo(SignalType.CANCEL);
    }

    @Test
    void questionsPutTogetherAreAskedInTheirOrder() throws Exception {
        var toolSpecification = async((exchange, request) -> Mono.zip(
                        exchange.createElicitation(question("first")),
                        exchange.createElicitation(question("second")),
                        exchange.createElicitation(question("third")))
                .map(answers -> textResult(answers.getT1().content() + " "
                        + answers.getT2().content() + " " + answers.getT3().content())));

        var outcome = SdkWire.STATELESS.call(
                SdkTools.async(toolSpecification),
                "tool",
                Json.Obj.EMPTY,
                question -> accepted(String.valueOf(question.params().text("message"))));

        assertThat(outcome.text()).isEqualTo("{said=first} {said=second} {said=third}");
        assertThat(outcome.runs()).hasSize(4);
    }

    @Test
    void noThreadThatDrivesPipelinesWaitsForAnAnswer() throws Exception {
        var toolSpecification = async((exchange, request) -> Mono.just("?")
                .publishOn(Schedulers.parallel())
                .flatMap(message -> exchange.createElicitation(question(message)))
                .map(answer -> textResult(String.valueOf(answer.content().get("said")))));
        var asking =
                ScriptedToolContext.answering(question -> accepted(String.valueOf(Schedulers.isInNonBlockingThread())));

        assertThat(call(toolSpecification, asking)).isEqualTo("false");
    }

    @Test
    void sendsNoRequestBeforeASubscription() throws Exception {
        var toolSpecification = async((exchange, request) -> {
            exchange.createElicitation(question("never"));
            return Mono.just(textResult("done"));
        });

        assertThat(call(toolSpecification, ScriptedToolContext.silent())).isEqualTo("done");
    }

    @Test
    void aQuestionThatAHandlerGivesUpStopsWaiting() throws Exception {
        var begun = new CompletableFuture<Void>();
        var stopped = new CountDownLatch(1);
        var toolSpecification = async((exchange, request) -> exchange.createElicitation(question("?"))
                .map(answer -> textResult("answered"))
                .timeout(Mono.fromFuture(begun.thenApply(none -> true)), Mono.just(textResult("gave up"))));
        var waiting = ScriptedToolContext.answering(question -> {
            begun.complete(null);
            return waitUntilInterrupted(stopped);
        });

        assertThat(call(toolSpecification, waiting)).isEqualTo("gave up");
        assertThat(stopped.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** As a server does: the wait ends with a failure. */
    private static Json.Obj waitUntilInterrupted(CountDownLatch stopped) {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        } catch (InterruptedException e) {
            stopped.countDown();
            throw new PortException.RefusedException("Nobody waits any more", e);
        }
    }

    @Test
    void aClientsErrorReachesThePipelineAsTheSdksException() throws Exception {
        var toolSpecification = async((exchange, request) -> exchange.createElicitation(question("?"))
                .map(answer -> textResult("answered"))
                .onErrorResume(
                        McpError.class,
                        e -> Mono.just(textResult(e.getJsonRpcError().message()))));
        var refusing = ScriptedToolContext.answering(question -> {
            throw new PortException.ProtocolErrorException(-1, "User rejected", null, null);
        });

        assertThat(call(toolSpecification, refusing)).isEqualTo("User rejected");
    }

    private static Json.Obj accepted(String text) {
        return Json.object()
                .put("action", "accept")
                .put("content", Json.object().put("said", text).build())
                .build();
    }

    private static String call(AsyncToolSpecification tool, ScriptedToolContext call) throws Exception {
        return SdkWire.textOf(SdkWire.await(SdkTools.async(tool).call("tool", Json.Obj.EMPTY, call)));
    }
}
