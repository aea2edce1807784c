package io.breakwater.core.business.health;

/** The memory that messages may occupy together. Is told, by whoever watches it, when it runs short. Thread-safe. */
public interface MessageMemory {

    /** The number of messages that were refused since the start because they found no memory. */
    long refusals();

    /**
     * Messages are refused, after a time in which none was.
     *
     * @param refused how many until now
     */
    void ranShort(long refused);

    /**
     * No message was refused for a while.
     *
     * @param refused how many were since it {@linkplain #ranShort ran short}
     */
    void suffices(long refused);
}
