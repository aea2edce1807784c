package io.breakwater.port.driving;

/**
 * The body of a response that is sent while it is produced, for example a long download or an event stream. Transports
 * implement it. Thread-safe; no method blocks.
 *
 * <p>A client that reads slowly fills the bounded queue of the stream: {@link #offer} then returns
 * {@link OfferResult#FULL}, and {@link #onReady} says when to continue. In a response with the media type
 * {@code text/event-stream}, each offer must consist of whole events, because the transport sends comments between
 * them, and the transport ends such a stream when the server shuts down.
 */
public interface ResponseStream {

    /** Adds bytes to the body. An empty queue accepts any number of bytes. The caller does not use the array any more. */
    OfferResult offer(byte[] bytes);

    /**
     * Runs the action once when the stream accepts bytes after it was full, immediately if it does already. Only the
     * last action counts. The action runs on an event loop, so it must not block.
     */
    void onReady(Runnable action);

    /** Ends the body after all accepted bytes. Has no effect when the stream has ended already. */
    void end();

    /** Ends the body because its producer failed: the client sees that the body is not complete. */
    void fail();

    /**
     * Runs the action when the client disconnects before the body is complete, immediately if it already has. Only the
     * last action counts. The action runs on an event loop, so it must not block.
     */
    void onDisconnect(Runnable action);
}
