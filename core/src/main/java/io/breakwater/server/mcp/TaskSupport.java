package io.breakwater.server.mcp;

/** Whether a tool runs as a task (MCP extension {@code io.modelcontextprotocol/tasks}). */
public enum TaskSupport {
    /** The tool never runs as a task: the caller waits. */
    NONE,
    /** The tool runs as a task for callers that declare the extension; other callers wait. */
    OPTIONAL,
    /** The tool runs only as a task: callers of the modern era that do not declare the extension are refused. */
    REQUIRED
}
