package io.breakwater.server.mcp;

/** What an idempotency key of a caller guarantees for a tool that changes something. */
public enum Idempotency {
    /**
     * The effect happens at most once. The server claims the key before the handler runs and stores the result after it.
     * If the server stops in between, later calls with the key fail with {@link ErrorCode#CONFLICT}, because the outcome
     * is unknown. This is the default. Results of up to 64 KiB are stored.
     */
    AT_MOST_ONCE,
    /**
     * The effect happens exactly once, however often the call is repeated. The handler makes one write, to a store that
     * records keys, and has no other effect. It passes the store {@link Call#context()}: the store records the key in the
     * transaction of the write. If a user must confirm the tool, the server first looks for the key in its {@code
     * IdempotencyStore}, which must find the keys that the store records.
     */
    EXACTLY_ONCE,
    /**
     * A repeated call continues where the first one has stopped. The handler takes several steps outside the store. It
     * finds the key in {@link Call#context()}, and stores each step under it before it takes the step. It has to refuse a
     * call with {@link io.breakwater.port.PortException.IdempotencyException} while another one with the key runs. The
     * server passes the key, and adds no record of its own. If a user must confirm the tool, each call asks.
     */
    RESUMABLE,
    /** The tool makes calls of other tools, and gives each of them a key of its own. */
    PER_CALLED_TOOL,
    /** The server refuses keys, for example because the result is a secret that must not be stored. */
    NONE;

    /** Returns the guarantee of a tool that makes one write to a store, which records keys or does not. */
    public static Idempotency of(boolean storeRecordsKeys) {
        return storeRecordsKeys ? EXACTLY_ONCE : AT_MOST_ONCE;
    }
}
