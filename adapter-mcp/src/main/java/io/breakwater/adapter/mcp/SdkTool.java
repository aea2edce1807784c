package io.breakwater.adapter.mcp;

import io.breakwater.port.driven.ToolSource.Descriptor;

/** One tool: its entry in the list of tools, and its handler. */
record SdkTool(Descriptor descriptor, ToolHandler handler) {

    String name() {
        return descriptor.name();
    }
}
