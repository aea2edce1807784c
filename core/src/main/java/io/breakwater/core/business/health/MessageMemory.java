package io.breakwater.core.business.health;

/** The memory that all messages together may use. {@link Health} notifies it of shortages. Thread-safe. */
public interface MessageMemory {

    /** Returns the name of the setting that limits the memory, for operators. */
    String limitName();

    /** Returns the name of the setting that limits the share of one caller, for operators. */
    String shareName();

    /** Returns the number of messages that were refused since the start for lack of memory. */
    long refusals();

    /**
     * Called when messages are refused after a time without refusals.
     *
     * @param refused the number of messages refused so far in this shortage
     */
    void onShortage(long refused);

    /**
     * Called when no message was refused for a while.
     *
     * @param refused the number of messages refused since {@link #onShortage}
     */
    void onRecovery(long refused);
}
