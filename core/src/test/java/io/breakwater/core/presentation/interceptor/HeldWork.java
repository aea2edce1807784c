package io.breakwater.core.presentation.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.mcp.ToolResult;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The work of a tool, which lasts until the test opens it, and counts the calls that do it at the same time. */
final class HeldWork {
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);

    /** The handler of the tool. */
    ToolResult run() throws InterruptedException {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            open.await();
            return ToolResult.text("done");
        } finally {
            running.decrementAndGet();
        }
    }

    void open() {
        open.countDown();
    }

    void awaitRunning(int calls) {
        Eventually.holds(() -> running.get() == calls, () -> running + " calls run, not " + calls);
    }

    int running() {
        return running.get();
    }

    /** Asserts how many calls ran at the same time at most, until now. */
    void assertMost(int calls) {
        assertThat(most).hasValue(calls);
    }
}
