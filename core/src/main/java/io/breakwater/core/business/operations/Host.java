package io.breakwater.core.business.operations;

/** The machine under the server. */
@FunctionalInterface
public interface Host {

    /** How it stands now. */
    Reading read();

    /**
     * Shares between 0 and 1; a negative one cannot be told.
     *
     * @param cpu of all processors that is busy
     * @param memory of what the process may use that is in use
     * @param disk of the working disk that is full
     */
    record Reading(double cpu, double memory, double disk) {}
}
