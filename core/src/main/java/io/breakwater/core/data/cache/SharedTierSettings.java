package io.breakwater.core.data.cache;

import java.time.Duration;

/**
 * The settings of the shared tier.
 *
 * @param holder the name of this server as the holder of leases; it must not be guessable
 * @param lease the duration of a lease; zero for no leases
 * @param maxResultBytes the maximum size of a stored result; larger ones are ignored
 */
public record SharedTierSettings(String holder, Duration lease, int maxResultBytes) {}
