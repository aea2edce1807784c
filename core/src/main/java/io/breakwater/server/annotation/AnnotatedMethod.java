package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.ResolvedType;
import io.breakwater.core.presentation.codec.TypeHierarchy;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method that defines a tool, a resource or a prompt.
 *
 * @param object the object on which it is called
 * @param declared the method, as the class or the interface with the annotation declares it
 * @param annotation one of {@link McpTool}, {@link McpResource} and {@link McpPrompt}
 * @param types what the type variables of its class stand for
 */
record AnnotatedMethod(Object object, Method declared, Annotation annotation, TypeHierarchy types) {

    /** Returns the class and the name, for messages: {@code OrderTools.findOrder}. */
    String where() {
        return simpleName(declared.getDeclaringClass()) + "." + declared.getName();
    }

    /** Returns the name with the types of the parameters, which differ between overloads. */
    String signature() {
        return Arrays.stream(declared.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", where() + "(", ")"));
    }

    static String simpleName(Class<?> type) {
        var name = type.getSimpleName();
        return name.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : name;
    }

    /** Returns the name in the annotation, or else that of the method. */
    String name(String given) {
        return given.isEmpty() ? declared.getName() : given;
    }

    boolean isAsync() {
        return CompletionStage.class.isAssignableFrom(declared.getReturnType());
    }

    /** Returns the type of the result, without a {@code CompletionStage} around it. */
    ResolvedType resultType() {
        var returned = types.resolve(declared.getAnnotatedReturnType(), where());
        var type = isAsync() ? returned.argument(0) : returned;
        if (type == null) {
            throw refused("the return type does not say what the stage completes with. Write CompletionStage<…>.");
        }
        if (type.raw() == Optional.class || type.nullable() || isDeclaredNullable()) {
            throw refused("a result must not be absent. Return the value itself, and throw an exception, such as"
                    + " ToolException with NOT_FOUND, if there is none.");
        }
        return type;
    }

    private boolean isDeclaredNullable() {
        return Arrays.stream(declared.getAnnotations()).anyMatch(ResolvedType::isNullableAnnotation);
    }

    /** Returns the result of the method, and fails if it is null. */
    Object required(@Nullable Object result) {
        if (result == null) {
            throw new IllegalStateException(where() + " returned null. Return a result, or throw ToolException.");
        }
        return result;
    }

    IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(where() + ": " + why);
    }
}
