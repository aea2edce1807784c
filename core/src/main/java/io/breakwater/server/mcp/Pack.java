package io.breakwater.server.mcp;

import java.util.List;

/** Tools, resources and prompts that belong together and are switched on and off together. */
public interface Pack {

    /** The name it is switched by: {@code data}. */
    String name();

    /** Its tools. */
    default List<Tool> tools() {
        return List.of();
    }

    /** Its resources. */
    default List<Resource> resources() {
        return List.of();
    }

    /** Its families of resources. */
    default List<ResourceTemplate> templates() {
        return List.of();
    }

    /** Its prompts. */
    default List<Prompt> prompts() {
        return List.of();
    }
}
