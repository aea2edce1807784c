package io.breakwater.port.driven;

/**
 * The load of the machine and of the process, as fractions between 0 and 1; -1 means unknown.
 * Thread-safe. Contract: {@code HostGaugesContract}.
 */
public interface HostGauges {

    /** The fraction of all processors that is busy. */
    double cpu();

    /** The fraction of the memory limit of the process that is in use, without garbage. */
    double memory();

    /** The fraction of the working disk that is full. */
    double disk();

    /** Gauges whose values are unknown. */
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
