package io.breakwater.server.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method the writer of a prompt.
 *
 * <pre>{@code
 * @McpPrompt(description = "Asks for a summary of an order.")
 * String summarizeOrder(@Arg("Order number") String number) {
 *     return "Summarize order " + number + " in two sentences.";
 * }
 * }</pre>
 *
 * <p>The parameters are the arguments of the prompt: texts, numbers, booleans, enums or types of {@code java.time}. An
 * argument is required unless it is {@code Optional}, {@code @Nullable} or has a {@code @Default}. A parameter of type
 * {@link io.breakwater.server.mcp.Call} receives the call.
 *
 * <p>A {@code String} or a {@link io.breakwater.server.mcp.Content} becomes one message of the user. A
 * {@link io.breakwater.server.mcp.Prompt.Message}, or a list of them, passes unchanged. A method may return a
 * {@code CompletionStage} of any of these. It must not return null.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface McpPrompt {
    /** The name of the prompt; the name of the method by default. */
    String name() default "";

    /** A name for people. */
    String title() default "";

    /** What the prompt is for. */
    String description();

    /** The roles of which the caller needs one; by default, none. */
    String[] requiresRole() default {};

    /** The scopes that the caller needs; by default, none. */
    String[] requiresScope() default {};
}
