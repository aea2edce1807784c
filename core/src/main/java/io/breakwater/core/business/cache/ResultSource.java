package io.breakwater.core.business.cache;

import io.breakwater.port.Json;
import io.breakwater.port.support.CanonicalJson;
import io.breakwater.port.support.LengthPrefixedDigest;

/**
 * The part of a cache key that does not change from call to call: the tool, its definition and its data source.
 * Immutable.
 */
public final class ResultSource {
    private final LengthPrefixedDigest digest; // only copied, never changed

    /**
     * Creates a source.
     *
     * @param deployment the name of the group of servers that may share results; two deployments on one Redis never
     *     share them
     * @param dataSource the identity of the system that the tool reads, such as a database; empty if there is none
     * @param tool the tool's name
     * @param definitionDigest the digest of the tool's definition, so that a changed tool does not find older results
     * @param policyEpoch a number that grows with every change of the authorization rules
     */
    public ResultSource(String deployment, String dataSource, String tool, String definitionDigest, long policyEpoch) {
        this.digest = new LengthPrefixedDigest()
                .add(deployment)
                .add(dataSource)
                .add(tool)
                .add(definitionDigest)
                .add(policyEpoch);
    }

    /** Returns the digest of a definition in JSON; the order of its members does not matter. */
    public static String digest(Json definition) {
        return new LengthPrefixedDigest().add(CanonicalJson.bytes(definition)).hex();
    }

    LengthPrefixedDigest newDigest() {
        return digest.copy();
    }
}
