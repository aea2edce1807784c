package io.breakwater.adapter.mcp;

import static io.breakwater.adapter.mcp.Specifications.async;
import static io.breakwater.adapter.mcp.Specifications.sync;
import static io.breakwater.adapter.mcp.Specifications.textResult;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.contract.ScriptedToolContext;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A cancelled call stops its work. */
class CancelledCallTest {
    private static final Duration SOON = Eventually.LIMIT;

    private final ScriptedToolContext call = ScriptedToolContext.silent();

    @Test
    void aPipelineIsCancelled() {
        var cancelled = new CompletableFuture<String>();
        var endless = async((exchange, request) -> Mono.just(textResult("never"))
                .delayElement(Duration.ofDays(1))
                .doOnCancel(() -> cancelled.complete("cancelled")));

        var outcome = call(SdkTools.async(endless));
        call.callContext().cancel();

        assertThat(cancelled).succeedsWithin(SOON);
        assertThat(outcome).failsWithin(SOON);
    }

    @Test
    void aCallThatIsCancelledBeforeItBeginsEndsToo() {
        call.callContext().cancel();

        assertThat(call(SdkTools.async(async((exchange, request) -> Mono.never()))))
                .failsWithin(SOON);
    }

    @Test
    void aHandlerThatWaitsIsInterrupted() throws Exception {
        var working = new CountDownLatch(1);
        var outcome = new CompletableFuture<Boolean>();
        var endless = sync((exchange, request) -> {
            working.countDown();
            try {
                new CountDownLatch(1).await();
                return textResult("never");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        Thread.ofVirtual().start(() -> {
            var failed = call(SdkTools.sync(endless)).isCompletedExceptionally();
            outcome.complete(failed && !Thread.currentThread().isInterrupted());
        });
        working.await();
        call.callContext().cancel();

        assertThat(outcome).succeedsWithin(SOON).isEqualTo(true);
    }

    @Test
    void anInterruptThatTheHandlerDidNotNoticeDoesNotHitItsThreadLater() {
        var ignorant = sync((exchange, request) -> {
            call.callContext().cancel();
            return textResult("done all the same");
        });

        var outcome = call(SdkTools.sync(ignorant));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(outcome).isCompleted();
    }

    @Test
    void aCallThatIsOverIsNotInterrupted() {
        var worker = new AtomicReference<Thread>();
        var quick = sync((exchange, request) -> {
            worker.set(Thread.currentThread());
            return textResult("done");
        });

        assertThat(call(SdkTools.sync(quick))).isCompleted();
        call.callContext().cancel();

        assertThat(worker.get().isInterrupted()).isFalse();
    }

    private CompletableFuture<Json.Obj> call(ToolSource tools) {
        return tools.call("tool", Json.Obj.EMPTY, call).toCompletableFuture();
    }
}
