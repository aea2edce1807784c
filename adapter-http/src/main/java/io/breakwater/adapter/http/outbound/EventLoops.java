package io.breakwater.adapter.http.outbound;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The event loops of a Vert.x instance, among which exchanges are spread. Thread-safe. */
final class EventLoops {
    private final List<Context> contexts;

    private EventLoops(List<Context> contexts) {
        this.contexts = contexts;
    }

    static EventLoops of(Vertx vertx, int number) {
        var contexts = new ConcurrentLinkedQueue<Context>();
        vertx.deployVerticle(() -> new Member(contexts), new DeploymentOptions().setInstances(number))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new EventLoops(List.copyOf(contexts));
    }

    /** Vert.x starts each instance on the next event loop. */
    private static final class Member extends VerticleBase {
        private final ConcurrentLinkedQueue<Context> contexts;

        private Member(ConcurrentLinkedQueue<Context> contexts) {
            this.contexts = contexts;
        }

        @Override
        public Future<?> start() {
            contexts.add(context);
            return Future.succeededFuture();
        }
    }

    /** Returns the event loop for an exchange of this thread. The ids of virtual threads are consecutive. */
    Context next() {
        return contexts.get((int) (Thread.currentThread().threadId() % contexts.size()));
    }
}
