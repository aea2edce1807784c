package io.breakwater.port.driving;

/** What became of a message offered to a stream. */
public enum OfferResult {
    /** It is on its way, or in the bounded queue before the wire. */
    ACCEPTED,
    /** The client reads too slowly: the queue is full, and the message was not taken. */
    FULL,
    /** The stream has ended or the client is gone. */
    CLOSED
}
