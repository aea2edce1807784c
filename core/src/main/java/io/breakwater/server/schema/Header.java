package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks clients of the modern wire to repeat this argument in the HTTP header {@code Mcp-Param-…}, so that proxies can
 * route by it without reading the body ({@code x-mcp-header}). The server refuses a call whose header and argument
 * differ. Only texts, integers and booleans can be repeated, and only outside lists and maps.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Header {
    /** What follows {@code Mcp-Param-}: {@code @Header("Region") String region}. */
    String value();
}
