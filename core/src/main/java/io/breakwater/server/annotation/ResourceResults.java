package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.ResolvedType;
import io.breakwater.server.mcp.ResourceContents;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values that a method returns to contents of a resource.
 *
 * @param mimeType the media type, or null if it is unknown
 */
record ResourceResults(@Nullable String mimeType, Writer writer) {

    /** Converts a value to contents. */
    @FunctionalInterface
    interface Writer {
        List<ResourceContents> write(String uri, Object value);
    }

    static ResourceResults of(AnnotatedMethod method, McpResource annotation) {
        var type = method.resultType();
        var mimeType = annotation.mimeType().isEmpty() ? null : annotation.mimeType();
        if (ToolResults.isVoid(type.raw())) {
            throw method.refused(
                    "a resource needs contents. Return a String, a byte[], ResourceContents, or a record.");
        }
        var writer = writer(type, mimeType);
        return writer == null ? json(method, type, mimeType) : new ResourceResults(mimeType, writer);
    }

    @SuppressWarnings("unchecked") // the method's return type says so
    private static @Nullable Writer writer(ResolvedType type, @Nullable String mimeType) {
        var raw = type.raw();
        if (raw == String.class) {
            return (uri, value) -> List.of(new ResourceContents.Text(uri, mimeType, (String) value));
        }
        if (raw == byte[].class) {
            return (uri, value) -> List.of(
                    new ResourceContents.Blob(uri, mimeType, Base64.getEncoder().encodeToString((byte[]) value)));
        }
        if (ResourceContents.class.isAssignableFrom(raw)) {
            return (uri, value) -> List.of((ResourceContents) value);
        }
        return ToolResults.isCollection(type, ResourceContents.class)
                ? (uri, value) -> List.copyOf((Collection<ResourceContents>) value)
                : null;
    }

    private static ResourceResults json(AnnotatedMethod method, ResolvedType type, @Nullable String mimeType) {
        var codec = ToolResults.codec(method, type);
        var media = mimeType == null ? "application/json" : mimeType;
        return new ResourceResults(
                media,
                (uri, value) -> List.of(
                        new ResourceContents.Text(uri, media, new String(codec.write(value), StandardCharsets.UTF_8))));
    }
}
