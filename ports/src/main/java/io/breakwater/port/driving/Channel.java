package io.breakwater.port.driving;

/** The connection or session of a message. It determines the era and the session of the message. */
public sealed interface Channel {

    /** Every message is a separate exchange with its own header fields (HTTP). */
    Exchange EXCHANGE = new Exchange();

    /** See {@link #EXCHANGE}. */
    final class Exchange implements Channel {
        private Exchange() {}
    }

    /** A lasting two-way connection without header fields (stdio); compared by identity. */
    final class Connection implements Channel {
        /** Creates a new connection. */
        public Connection() {}
    }
}
