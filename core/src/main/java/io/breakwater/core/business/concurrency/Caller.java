package io.breakwater.core.business.concurrency;

/**
 * The caller for whom a call counts.
 *
 * @param id the id of the principal, or the network address of an anonymous caller
 * @param anonymous whether the id is an address
 */
public record Caller(String id, boolean anonymous) {}
