package io.breakwater.core.business.cache;

/** Who may be given a result that was made for somebody else. */
public sealed interface CachePartition {

    /** Anybody: the result depends on nothing but the arguments. Only by the tool's own choice. */
    record Shared() implements CachePartition {}

    /**
     * The same principal only.
     *
     * @param tenant the principal's tenant; empty where there are none
     * @param principal the principal's id
     */
    record Own(String tenant, String principal) implements CachePartition {}

    /** Adds parts that no other partition adds. */
    default void addTo(LengthPrefixedDigest digest) {
        switch (this) {
            case Shared ignored -> digest.add("shared");
            case Own(var tenant, var principal) -> digest.add("own").add(tenant).add(principal);
        }
    }
}
