package io.breakwater.core.business.cache;

import io.breakwater.port.support.LengthPrefixedDigest;

/** The set of principals that may share a result. */
public sealed interface CachePartition {

    /** All principals share the result, which depends on nothing but the arguments. A tool must ask for this. */
    record Shared() implements CachePartition {}

    /**
     * Only one principal uses the result.
     *
     * @param tenant the principal's tenant; empty if there are no tenants
     * @param principal the principal's fingerprint, which depends on its rights too
     */
    record Own(String tenant, String principal) implements CachePartition {}

    /** Adds the parts that identify this partition to a digest. */
    default void addTo(LengthPrefixedDigest digest) {
        switch (this) {
            case Shared ignored -> digest.add("shared");
            case Own(var tenant, var principal) -> digest.add("own").add(tenant).add(principal);
        }
    }
}
