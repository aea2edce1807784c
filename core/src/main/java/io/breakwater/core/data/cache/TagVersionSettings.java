package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.TagId;

/**
 * The settings of the store of tag versions.
 *
 * @param topic the topic of the event bus for the servers of the deployment
 * @param allTag the tag that every tagged result carries
 * @param maxTags the maximum number of tags in memory
 */
public record TagVersionSettings(String topic, TagId allTag, int maxTags) {}
