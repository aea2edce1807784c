package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.MethodParameter;
import io.breakwater.core.presentation.codec.ParametersCodec;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of an annotated method: the arguments, and the places where the call goes. */
final class MethodParameters {
    /** The position of a parameter that receives the call. */
    static final int CALL = -1;

    private final AnnotatedMethod method;
    private final List<MethodParameter> arguments = new ArrayList<>();
    private final int[] positions;

    private MethodParameters(AnnotatedMethod method) {
        this.method = method;
        this.positions = new int[method.declared().getParameterCount()];
    }

    static MethodParameters of(AnnotatedMethod method) {
        var parameters = new MethodParameters(method);
        var declared = method.declared().getParameters();
        for (int i = 0; i < declared.length; i++) {
            parameters.add(declared[i], i);
        }
        return parameters;
    }

    /** Returns the arguments in the order of their parameters. */
    List<MethodParameter> arguments() {
        return arguments;
    }

    /** Returns for each parameter the index of its argument, or {@link #CALL}. */
    int[] positions() {
        return positions.clone();
    }

    ParametersCodec codec() {
        return ParametersCodec.of(arguments);
    }

    /** Returns the index of the argument with that name, or -1 if there is none. */
    int indexOf(String name) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns whether an argument has that name, and a single text can hold it. */
    boolean hasScalar(String name) {
        int index = indexOf(name);
        return index >= 0 && arguments.get(index).isScalar();
    }

    /** Returns the names of the arguments, for messages. */
    String names() {
        return arguments.isEmpty()
                ? "none"
                : String.join(
                        ", ", arguments.stream().map(MethodParameter::name).toList());
    }

    /** Refuses arguments that a single text cannot hold. */
    void requireScalars(String holder) {
        for (var argument : arguments) {
            if (!argument.isScalar()) {
                throw new IllegalArgumentException(argument.at() + ": " + holder + " is a string, so the parameter must"
                        + " be a String, a number, a boolean, an enum, or a type of java.time.");
            }
        }
    }

    private void add(Parameter declared, int index) {
        if (declared.getType() == Call.class) {
            refuseDescribedCall(declared);
            positions[index] = CALL;
            return;
        }
        var argument = argument(declared, name(declared, index));
        if (argument.isNullablePrimitive()) {
            throw new IllegalArgumentException(
                    argument.at() + ": a primitive cannot be null. Use the boxed type, an Optional, or @Default.");
        }
        positions[index] = arguments.size();
        arguments.add(argument);
    }

    private void refuseDescribedCall(Parameter declared) {
        if (declared.isAnnotationPresent(Arg.class)) {
            throw method.refused("the parameter of type Call is no argument. Remove its @Arg.");
        }
    }

    private MethodParameter argument(Parameter declared, String name) {
        if (indexOf(name) >= 0) {
            throw method.refused(
                    "two arguments have the name \"" + name + "\". Give one of them another name: @Arg(name = \"…\").");
        }
        var at = method.where() + "(" + name + ")";
        var type = method.types().resolve(declared.getAnnotatedType(), at);
        return new MethodParameter(declared, at, name, description(declared), type);
    }

    private String name(Parameter declared, int index) {
        var argument = declared.getAnnotation(Arg.class);
        var schema = declared.getAnnotation(Name.class);
        var given = argument == null ? "" : argument.name();
        if (!given.isEmpty() && schema != null) {
            throw method.refused("parameter " + (index + 1) + " has two names. Keep @Name or @Arg(name = \"…\").");
        }
        if (schema != null) {
            if (schema.value().isBlank()) {
                throw method.refused(
                        "the @Name of parameter " + (index + 1) + " is empty. Write the name, or remove" + " @Name.");
            }
            return schema.value();
        }
        if (given.isEmpty() && !declared.isNamePresent()) {
            throw method.refused("the name of parameter " + (index + 1) + " is not in the class file. Compile with"
                    + " javac -parameters, or write @Arg(name = \"…\").");
        }
        return given.isEmpty() ? declared.getName() : given;
    }

    private @Nullable String description(Parameter declared) {
        var argument = declared.getAnnotation(Arg.class);
        var given = argument == null ? "" : argument.value();
        if (!given.isEmpty() && declared.isAnnotationPresent(Description.class)) {
            throw method.refused("a parameter has two descriptions. Keep @Arg or @Description.");
        }
        return given.isEmpty() ? null : given;
    }
}
