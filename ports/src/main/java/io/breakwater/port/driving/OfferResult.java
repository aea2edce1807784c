package io.breakwater.port.driving;

/** The result of offering a message to a stream. */
public enum OfferResult {
    /** The message was sent, or is in the bounded send queue. */
    ACCEPTED,
    /** The client reads too slowly: the queue is full, and the message was not accepted. */
    FULL,
    /** The stream has ended or the client has disconnected. */
    CLOSED
}
