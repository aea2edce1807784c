package io.breakwater.server.mcp;

import java.util.List;

/** A group of tools, resources and prompts that are switched on and off together. */
public interface Pack {

    /** Returns the name of the pack, for example {@code data}. */
    String name();

    /** Returns the tools. */
    default List<Tool> tools() {
        return List.of();
    }

    /** Returns the resources. */
    default List<Resource> resources() {
        return List.of();
    }

    /** Returns the resource templates. */
    default List<ResourceTemplate> templates() {
        return List.of();
    }

    /** Returns the prompts. */
    default List<Prompt> prompts() {
        return List.of();
    }
}
