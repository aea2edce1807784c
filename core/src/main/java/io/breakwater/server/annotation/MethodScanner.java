package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.TypeHierarchy;
import io.breakwater.server.schema.InvalidSchemaException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the annotated methods of an object: those of its class, of its superclasses and of its interfaces. If a method
 * and the method that it overrides are both annotated, the overriding method counts.
 */
final class MethodScanner {
    private final Object object;
    private final TypeHierarchy types;
    private final List<AnnotatedMethod> found = new ArrayList<>();

    private MethodScanner(Object object) {
        this.object = object;
        this.types = new TypeHierarchy(object.getClass());
    }

    /** Returns the annotated methods in a stable order; the JVM guarantees none. */
    static List<AnnotatedMethod> scan(Object object) {
        var scanner = new MethodScanner(object);
        for (var type : hierarchy(object.getClass())) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> !method.isSynthetic())
                    .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
                    .forEach(scanner::visit);
        }
        return scanner.found.stream().filter(scanner::isNotOverridden).toList();
    }

    /** Returns the class, its superclasses, and then the interfaces. */
    private static Set<Class<?>> hierarchy(Class<?> type) {
        var types = new LinkedHashSet<Class<?>>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            types.add(next);
        }
        var open = new ArrayList<>(types);
        for (int i = 0; i < open.size(); i++) {
            open.addAll(List.of(open.get(i).getInterfaces()));
        }
        types.addAll(open);
        return types;
    }

    private void visit(Method method) {
        var annotations = Stream.of(McpTool.class, McpResource.class, McpPrompt.class)
                .<Annotation>map(method::getAnnotation)
                .filter(Objects::nonNull)
                .toList();
        if (annotations.isEmpty()) {
            refuseStrayArguments(method);
        } else {
            add(new AnnotatedMethod(object, method, annotations.getFirst(), types), annotations);
        }
    }

    private void add(AnnotatedMethod method, List<Annotation> annotations) {
        if (annotations.size() > 1) {
            throw method.refused("one method defines one thing. Use one of @McpTool, @McpResource and @McpPrompt, and"
                    + " write a second method for the other.");
        }
        found.add(method);
    }

    private static void refuseStrayArguments(Method method) {
        if (Arrays.stream(method.getParameters()).anyMatch(parameter -> parameter.isAnnotationPresent(Arg.class))) {
            throw new IllegalArgumentException(AnnotatedMethod.simpleName(method.getDeclaringClass()) + "."
                    + method.getName() + ": @Arg has no effect without @McpTool, @McpResource or @McpPrompt on the same"
                    + " declaration of the method. Put them together.");
        }
    }

    private boolean isNotOverridden(AnnotatedMethod method) {
        return found.stream().noneMatch(other -> overrides(other.declared(), method.declared()));
    }

    private boolean overrides(Method lower, Method upper) {
        return lower.getName().equals(upper.getName())
                && isVirtual(lower)
                && isVirtual(upper)
                && upper.getDeclaringClass() != lower.getDeclaringClass()
                && upper.getDeclaringClass().isAssignableFrom(lower.getDeclaringClass())
                && rawParameters(lower).equals(rawParameters(upper));
    }

    private static boolean isVirtual(Method method) {
        return (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0;
    }

    private List<? extends Class<?>> rawParameters(Method method) {
        return Arrays.stream(method.getParameters()).map(this::raw).toList();
    }

    private Class<?> raw(Parameter parameter) {
        try {
            return types.resolve(parameter.getAnnotatedType(), parameter.getName())
                    .raw();
        } catch (InvalidSchemaException unknown) {
            return parameter.getType();
        }
    }
}
