package io.breakwater.server.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method the reader of a resource, or of a resource template if the URI has variables.
 *
 * <pre>{@code
 * @McpResource(uri = "order://{number}", description = "An order.", mimeType = "application/json")
 * Order order(String number) {
 *     return orders.find(number);
 * }
 * }</pre>
 *
 * <p>Each variable of the URI has one parameter of the same name: a text, a number, a boolean, an enum or a type of
 * {@code java.time}. A parameter of type {@link io.breakwater.server.mcp.Call} receives the call.
 *
 * <p>A {@code String} becomes text, a {@code byte[]} becomes a blob, and a
 * {@link io.breakwater.server.mcp.ResourceContents}, or a list of them, passes unchanged. Every other type becomes
 * JSON. A method may return a {@code CompletionStage} of any of these. It must not return null: if the resource does
 * not exist, it throws {@link io.breakwater.server.mcp.McpException#noSuchResource}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface McpResource {
    /** The URI, or a URI template (RFC 6570 level 1): {@code order://{number}}. */
    String uri();

    /** The name for programs; the name of the method by default. */
    String name() default "";

    /** A name for people. */
    String title() default "";

    /** What the resource holds. */
    String description() default "";

    /** The media type; {@code application/json} by default if the result becomes JSON. */
    String mimeType() default "";

    /** For how long a client may keep what it read, for itself only; an ISO 8601 duration such as {@code PT5M}. */
    String cacheFor() default "";

    /** For how long a client may keep what it read and give it to others. */
    String cacheForAll() default "";

    /** The roles of which the caller needs one; by default, none. */
    String[] requiresRole() default {};

    /** The scopes that the caller needs; by default, none. */
    String[] requiresScope() default {};
}
