package io.breakwater.server.annotation;

import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the annotated methods of an object into tools, resources and prompts.
 *
 * <pre>{@code
 * class OrderTools {
 *     @McpTool(description = "Finds one order by its number.", readOnly = true)
 *     Order findOrder(@Arg("Order number, as printed on the invoice") String number) {
 *         return orders.find(number);
 *     }
 * }
 *
 * Breakwater.named("shop").pack(ToolMethods.of(new OrderTools())).build();
 * }</pre>
 *
 * <p>Methods of any visibility count, static and inherited ones too, and those whose annotation is on the method of an
 * interface. They run concurrently, so the object must be safe for use by many threads. A definition that an annotation
 * cannot express, such as an icon, needs the builder, for example {@link Tool#named}.
 */
public final class ToolMethods {
    private final List<Tool> tools = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<ResourceTemplate> templates = new ArrayList<>();
    private final List<Prompt> prompts = new ArrayList<>();
    private final Map<String, AnnotatedMethod> names = new HashMap<>();

    private ToolMethods() {}

    /**
     * Returns the tools, resources and prompts of an object, as a pack with the simple name of its class.
     *
     * @throws IllegalArgumentException if a method cannot be used, or none is annotated; the message names the class
     *     and the method, and says what to do
     */
    public static Pack of(Object object) {
        if (object instanceof Class<?> type) {
            throw new IllegalArgumentException("ToolMethods.of needs an object, not a class: pass new "
                    + AnnotatedMethod.simpleName(type) + "(…) instead of " + AnnotatedMethod.simpleName(type)
                    + ".class.");
        }
        if (object == null) {
            throw new IllegalArgumentException("ToolMethods.of needs an object, and got null.");
        }
        var name = AnnotatedMethod.simpleName(object.getClass());
        var methods = MethodScanner.scan(object);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " has no method with @McpTool, @McpResource or @McpPrompt. Annotate one.");
        }
        var definitions = new ToolMethods();
        methods.forEach(definitions::add);
        return definitions.pack(name);
    }

    private void add(AnnotatedMethod method) {
        try {
            define(method);
        } catch (IllegalArgumentException refused) {
            var message = String.valueOf(refused.getMessage());
            var where = method.where();
            throw message.startsWith(where) ? refused : new IllegalArgumentException(where + ": " + message, refused);
        }
    }

    private void define(AnnotatedMethod method) {
        switch (method.annotation()) {
            case McpTool tool -> add(method, MethodTool.of(method, tool));
            case McpPrompt prompt -> add(method, MethodPrompt.of(method, prompt));
            case McpResource resource -> add(method, new MethodResource(method, resource));
            default -> throw new IllegalStateException(method.where());
        }
    }

    private void add(AnnotatedMethod method, Tool tool) {
        refuseTaken("tool", tool.definition().name(), "name = \"…\"", method);
        tools.add(tool);
    }

    private void add(AnnotatedMethod method, Prompt prompt) {
        refuseTaken("prompt", prompt.name(), "name = \"…\"", method);
        prompts.add(prompt);
    }

    private void add(AnnotatedMethod method, MethodResource resource) {
        if (resource.isTemplate()) {
            var template = resource.template();
            refuseTaken("resource template", template.uriTemplate(), "uri = \"…\"", method);
            templates.add(template);
        } else {
            var fixed = resource.resource();
            refuseTaken("resource", fixed.uri(), "uri = \"…\"", method);
            resources.add(fixed);
        }
    }

    private void refuseTaken(String kind, String name, String member, AnnotatedMethod method) {
        var other = names.putIfAbsent(kind + " " + name, method);
        if (other != null) {
            throw method.refused(other.signature() + " and " + method.signature() + " both define the " + kind + " \""
                    + name + "\". Set " + member + " in one of the annotations.");
        }
    }

    private Pack pack(String name) {
        return new MethodPack(
                name, List.copyOf(tools), List.copyOf(resources), List.copyOf(templates), List.copyOf(prompts));
    }

    private record MethodPack(
            String name,
            List<Tool> tools,
            List<Resource> resources,
            List<ResourceTemplate> templates,
            List<Prompt> prompts)
            implements Pack {}
}
