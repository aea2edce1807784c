package io.breakwater.server.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks clients of the modern protocol to repeat this argument in the HTTP header field {@code Mcp-Param-…}, so that
 * proxies can route requests without reading the body ({@code x-mcp-header}). The server refuses a call in which the
 * header field and the argument differ. Only strings, integers and booleans outside lists and maps can be repeated.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Header {
    /** Returns the part of the field name after {@code Mcp-Param-}: {@code @Header("Region") String region}. */
    String value();
}
