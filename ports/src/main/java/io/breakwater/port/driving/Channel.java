package io.breakwater.port.driving;

/**
 * What ties a message to others. MCP decides the era, and what belongs to a session, by it.
 */
public sealed interface Channel {

    /** Every message stands alone and brings its own header fields (HTTP). */
    Exchange EXCHANGE = new Exchange();

    /** See {@link #EXCHANGE}. */
    final class Exchange implements Channel {
        private Exchange() {}
    }

    /** A lasting two-way connection without header fields (stdio); compared by identity. */
    final class Connection implements Channel {
        /** A connection of its own. */
        public Connection() {}
    }
}
