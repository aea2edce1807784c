package io.breakwater.core.business.health;

/** The machine under the server. */
@FunctionalInterface
public interface HostMetrics {

    /** How it stands now. */
    Reading read();

    /** Of all processors, the share that is busy. */
    default double cpu() {
        return read().cpu();
    }

    /** Of the memory that the process may use, the share that is in use. */
    default double memory() {
        return read().memory();
    }

    /** Of the working disk, the share that is full. */
    default double disk() {
        return read().disk();
    }

    /**
     * Shares between 0 and 1; a negative one cannot be told.
     *
     * @param cpu of all processors that is busy
     * @param memory of what the process may use that is in use
     * @param disk of the working disk that is full
     */
    record Reading(double cpu, double memory, double disk) {}
}
