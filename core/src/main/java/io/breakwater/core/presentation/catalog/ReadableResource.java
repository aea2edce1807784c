package io.breakwater.core.presentation.catalog;

import io.breakwater.server.mcp.CacheControl;
import io.breakwater.server.mcp.Resource;

/**
 * A resource, or one resource of a template.
 *
 * @param reader reads the resource
 * @param cacheControl how long a client may cache the contents. They belong to the caller alone if others may not read
 *     them
 */
public record ReadableResource(Resource.Reader reader, CacheControl cacheControl) {}
