package io.breakwater.port.driven;

/**
 * How the machine and the process stand. Fractions are between 0 and 1; a negative one means: cannot be told.
 * Thread-safe. Contract: {@code HostGaugesContract}.
 */
public interface HostGauges {

    /** Share of all processors that are busy. */
    double cpu();

    /** Share of the memory this process may use that is in use; garbage does not count. */
    double memory();

    /** Share of the working disk that is full. */
    double disk();

    /** A machine that tells nothing. */
    HostGauges NONE = new HostGauges() {
        @Override
        public double cpu() {
            return -1;
        }

        @Override
        public double memory() {
            return -1;
        }

        @Override
        public double disk() {
            return -1;
        }
    };
}
