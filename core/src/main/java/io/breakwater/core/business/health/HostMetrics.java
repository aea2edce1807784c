package io.breakwater.core.business.health;

/**
 * The load of the machine on which the server runs, as shares between 0 and 1; a negative value is unknown.
 *
 * @param cpu the busy share of all processors
 * @param memory the used share of the memory that the process may use
 * @param disk the used share of the working disk
 */
public record HostMetrics(double cpu, double memory, double disk) {}
