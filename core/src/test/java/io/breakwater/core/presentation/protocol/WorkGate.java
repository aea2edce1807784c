package io.breakwater.core.presentation.protocol;

import io.breakwater.sample.waiting.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the work of a call waits until its test lets it go on. */
public final class WorkGate {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    public WorkGate() {}

    /** The work's hand: waits. */
    public void pass() throws InterruptedException {
        entered.countDown();
        try {
            open.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    /** Lets the work go on. */
    public void open() {
        open.countDown();
    }

    /** Waits until the work has come. */
    public void awaitEntered() {
        await(entered, "the work has not begun");
    }

    /** Waits until the gate is open. */
    public void awaitOpened() {
        await(open, "the gate was not opened");
    }

    /** Waits until the work was interrupted. */
    public void awaitInterrupted() {
        await(interrupted, "the work was not interrupted");
    }

    /** True when the work was interrupted by now. */
    public boolean wasInterrupted() {
        return interrupted.getCount() == 0;
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(Eventually.SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(otherwise);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
