package io.breakwater.server.mcp;

/** Whether a tool runs as a task (MCP extension {@code io.modelcontextprotocol/tasks}). */
public enum TaskSupport {
    /** Never: the caller waits. */
    NONE,
    /** As a task for callers that declare the extension, otherwise the caller waits. */
    OPTIONAL,
    /** Only as a task: callers of the modern era that do not declare the extension are refused. */
    REQUIRED
}
