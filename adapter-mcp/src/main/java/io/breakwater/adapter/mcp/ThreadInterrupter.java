package io.breakwater.adapter.mcp;

/**
 * Interrupts the thread that works on something, if that is still what it does. Made on the thread that works and
 * closed by it; {@link #interrupt} may come from anywhere and at any time.
 */
final class ThreadInterrupter implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private boolean over;
    private boolean interrupted;

    synchronized void interrupt() {
        if (!over) {
            interrupted = true;
            worker.interrupt();
        }
    }

    /** An interrupt of ours that nobody noticed does not hit what the thread does next. */
    @Override
    public synchronized void close() {
        over = true;
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
