package io.breakwater.core.business.cache;

import io.breakwater.port.Json;
import java.util.List;

/**
 * The parts of a call that determine its result.
 *
 * @param source the tool and the server that produce the result
 * @param partition the principals that may share the result
 * @param arguments the arguments of the call
 * @param tags the tags of the result, sorted and without duplicates; empty for none
 * @param lifetime how long the result may be used
 */
public record CacheRequest(
        ResultSource source, CachePartition partition, Json arguments, List<TagId> tags, EntryLifetime lifetime) {

    CacheSlot slot(TagVersions versions) {
        return new CacheSlot(CacheKey.of(source, partition, arguments, versions), versions, lifetime);
    }
}
