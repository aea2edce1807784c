package io.breakwater.core.business.cache;

import io.breakwater.port.Json;

/** Where results come from: what of their key does not change from call to call. Immutable. */
public final class ResultSource {
    private final LengthPrefixedDigest digest; // copied, never added to

    /**
     * A source.
     *
     * @param deployment names the servers that may share results; two deployments on one Redis never do
     * @param dataSource identity of what stands behind the tool, such as a database; empty when there is nothing
     * @param tool the tool's name
     * @param definitionDigest digest of the tool's definition, so that a changed tool begins anew
     * @param policyEpoch grows whenever authorisation rules change
     */
    public ResultSource(String deployment, String dataSource, String tool, String definitionDigest, long policyEpoch) {
        this.digest = new LengthPrefixedDigest()
                .add(deployment)
                .add(dataSource)
                .add(tool)
                .add(definitionDigest)
                .add(policyEpoch);
    }

    /** Digests a definition, given as JSON; the order of its members does not matter. */
    public static String digest(Json definition) {
        return new LengthPrefixedDigest().add(CanonicalJson.bytes(definition)).hex();
    }

    LengthPrefixedDigest digested() {
        return digest.copy();
    }
}
