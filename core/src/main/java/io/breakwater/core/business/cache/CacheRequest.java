package io.breakwater.core.business.cache;

import io.breakwater.port.Json;
import java.util.List;

/**
 * What a call asks for, as far as it decides the result.
 *
 * @param source which tool of which server would answer
 * @param partition who may share the result
 * @param arguments what it was called with
 * @param tags what the result will carry, each once and sorted; empty for none
 * @param life for how long the result is given
 */
public record CacheRequest(
        ResultSource source, CachePartition partition, Json arguments, List<TagId> tags, EntryLifetime life) {

    CacheSlot at(TagVersions generations) {
        return new CacheSlot(CacheKey.of(source, partition, arguments, generations), generations, life);
    }
}
