package io.breakwater.server.annotation;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.TaskSupport;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a tool. Its parameters are the arguments, and its return type describes the result.
 *
 * <pre>{@code
 * @McpTool(description = "Finds one order by its number.", readOnly = true)
 * Order findOrder(@Arg("Order number, as printed on the invoice") String number) {
 *     return orders.find(number);
 * }
 * }</pre>
 *
 * <p>A parameter of type {@link io.breakwater.server.mcp.Call} receives the call and is no argument. Every other
 * parameter is an argument: it may have any type and any annotation that a component of a record may have, and it is
 * required unless it is {@code Optional}, {@code @Nullable} or has a {@code @Default}.
 *
 * <p>A method that returns a {@code String} or a {@link io.breakwater.server.mcp.Content} gives a block of text or
 * other content, and a method that returns {@code void} gives the text "Done.". A
 * {@link io.breakwater.server.mcp.ToolResult} passes unchanged. Every other type becomes a structured result with an
 * output schema: records, lists, maps, numbers, booleans, enums. A method may return a {@code CompletionStage} of any
 * of these. It must not return null.
 *
 * <p>Durations are written as in ISO 8601: {@code PT5M} for five minutes.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface McpTool {
    /** The name of the tool, 1 to 128 of {@code A-Z a-z 0-9 _ . -}; the name of the method by default. */
    String name() default "";

    /** A name for people. */
    String title() default "";

    /** What the tool does and when to use it, for the model. */
    String description();

    /** True if the tool changes nothing. */
    boolean readOnly() default false;

    /** False if the tool only adds, and never deletes or overwrites. It means nothing for a tool that is read-only. */
    boolean destructive() default true;

    /** True if a second call with the same arguments changes nothing more. */
    boolean idempotent() default false;

    /** False if the tool does not reach beyond a closed domain, as a search of the web does. */
    boolean openWorld() default true;

    /** Where the method runs. A method that returns a {@code CompletionStage} needs a virtual thread. */
    ExecutionMode executionMode() default ExecutionMode.VIRTUAL;

    /** The deadline of a call; that of the server by default. */
    String timeout() default "";

    /** For how long results are cached, for each principal separately. The tool must be read-only. */
    String cacheFor() default "";

    /** For how long results are cached and shared by all principals: they depend on the arguments only. */
    String cacheForAll() default "";

    /** The data source of cached results, such as a database. Another data source has other results. */
    String cacheSource() default "";

    /** For how long after its end a cached result is still returned while a newer one is loaded. */
    String staleWhileRevalidate() default "";

    /** For how long after its end a cached result may replace an error. */
    String staleIfError() default "";

    /** The tags of cached results. An argument's name in braces stands for its value: {@code order:{number}}. */
    String[] cacheTags() default {};

    /** The tags of the cached results, of any tool, that a call invalidates; written as in {@link #cacheTags}. */
    String[] invalidates() default {};

    /**
     * The sentence that a user must confirm before each call. An argument's name in braces stands for its value: {@code
     * Delete the order {number} for good?} See {@link io.breakwater.server.mcp.Tool.Builder#confirm}.
     */
    String confirm() default "";

    /** Whether the tool runs as a task, from its first line. */
    TaskSupport task() default TaskSupport.NONE;

    /** True if the task begins only where the method calls {@link io.breakwater.server.mcp.Call#startTask}. */
    boolean taskOnDemand() default false;

    /** The roles of which the caller needs one; by default, none. */
    String[] requiresRole() default {};

    /** The scopes that the caller needs; by default, none. */
    String[] requiresScope() default {};
}
