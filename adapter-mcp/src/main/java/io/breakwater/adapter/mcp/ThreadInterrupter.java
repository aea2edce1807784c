package io.breakwater.adapter.mcp;

/**
 * Interrupts the thread that created this object, until that thread closes it. Any thread may call {@link #interrupt}
 * at any time.
 */
final class ThreadInterrupter implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private boolean closed;
    private boolean interrupted;

    synchronized void interrupt() {
        if (!closed) {
            interrupted = true;
            worker.interrupt();
        }
    }

    /**
     * Clears the interrupt status if the thread has not noticed the interrupt, so that it does not affect later work.
     */
    @Override
    public synchronized void close() {
        closed = true;
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
