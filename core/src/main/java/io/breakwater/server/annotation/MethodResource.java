package io.breakwater.server.annotation;

import io.breakwater.core.presentation.catalog.ConvertedTexts;
import io.breakwater.core.presentation.codec.ParametersCodec.TextReader;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a resource, or a resource template, from a method with {@link McpResource}. */
final class MethodResource {
    private final AnnotatedMethod method;
    private final McpResource annotation;
    private final MethodParameters parameters;
    private final MethodInvoker invoker;
    private final ResourceResults results;

    MethodResource(AnnotatedMethod method, McpResource annotation) {
        this.method = method;
        this.annotation = annotation;
        this.parameters = MethodParameters.of(method);
        this.invoker = MethodInvoker.of(method, parameters);
        this.results = ResourceResults.of(method, annotation);
        Durations.refuseBoth(method, annotation.cacheFor(), annotation.cacheForAll());
    }

    /** Returns whether the URI has variables. */
    boolean isTemplate() {
        return annotation.uri().contains("{");
    }

    Resource resource() {
        if (!parameters.arguments().isEmpty()) {
            throw differ();
        }
        var uri = annotation.uri();
        var builder = Resource.of(uri).name(method.name(annotation.name()));
        Texts.ifPresent(annotation.title(), builder::title);
        builder.requiresRole(annotation.requiresRole()).requiresScope(annotation.requiresScope());
        Texts.ifPresent(annotation.description(), builder::description);
        Texts.ifPresent(results.mimeType(), builder::mimeType);
        Durations.ifPresent(method, "cacheFor", annotation.cacheFor(), builder::cacheFor);
        Durations.ifPresent(method, "cacheForAll", annotation.cacheForAll(), builder::cacheForAll);
        return builder.reader(call -> read(uri, new Object[0], call));
    }

    ResourceTemplate template() {
        var builder = ResourceTemplate.of(annotation.uri()).name(method.name(annotation.name()));
        Texts.ifPresent(annotation.title(), builder::title);
        builder.requiresRole(annotation.requiresRole()).requiresScope(annotation.requiresScope());
        Texts.ifPresent(annotation.description(), builder::description);
        Texts.ifPresent(results.mimeType(), builder::mimeType);
        Durations.ifPresent(method, "cacheFor", annotation.cacheFor(), builder::cacheFor);
        Durations.ifPresent(method, "cacheForAll", annotation.cacheForAll(), builder::cacheForAll);
        var template = builder.reader(reader());
        requireSameNames(template.variables());
        return template;
    }

    private ResourceTemplate.Reader reader() {
        parameters.requireScalars("a variable of a URI");
        var texts = parameters.codec().texts();
        return new ConvertingReader(
                texts, (uri, variables, call) -> read(uri, Texts.bind(texts, variables, "Resource " + uri), call));
    }

    /** Reads resources by variables that it converts. */
    private record ConvertingReader(TextReader texts, ResourceTemplate.Reader reader)
            implements ResourceTemplate.Reader, ConvertedTexts {
        @Override
        public List<ResourceContents> read(String uri, Map<String, String> variables, Call call) throws Exception {
            return reader.read(uri, variables, call);
        }

        @Override
        public Map<String, String> received(Map<String, String> sent) {
            return texts.received(sent);
        }
    }

    private List<ResourceContents> read(String uri, @Nullable Object[] arguments, Call call) throws Exception {
        return results.writer().write(uri, method.required(invoker.invoke(arguments, call)));
    }

    private void requireSameNames(List<String> variables) {
        boolean same = variables.size() == parameters.arguments().size()
                && variables.stream().allMatch(variable -> parameters.indexOf(variable) >= 0);
        if (!same) {
            throw differ();
        }
    }

    private IllegalArgumentException differ() {
        return method.refused("each variable of the URI needs one parameter of the same name, and no other parameter is"
                + " allowed. The URI is " + annotation.uri() + ", and the parameters are: " + parameters.names() + ".");
    }
}
