package io.breakwater.adapter.mcp;

import io.breakwater.port.driven.ToolSource.Descriptor;

/** One tool: how it is listed, and how it is called. */
record SdkTool(Descriptor descriptor, ToolHandler handler) {

    String name() {
        return descriptor.name();
    }
}
