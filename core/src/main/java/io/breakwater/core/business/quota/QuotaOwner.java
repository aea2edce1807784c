package io.breakwater.core.business.quota;

/**
 * The owner of the quotas that a call uses.
 *
 * @param caller the id of the principal, or the network of an anonymous caller; empty if no quota applies to it
 * @param anonymous whether the caller is anonymous
 * @param tenant the tenant; empty if there is none
 */
public record QuotaOwner(String caller, boolean anonymous, String tenant) {
    /** The owner of calls to which no quota applies. */
    public static final QuotaOwner UNLIMITED = new QuotaOwner("", false, "");
}
