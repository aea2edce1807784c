package io.breakwater.server.annotation;

import io.breakwater.server.mcp.Call;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Calls an annotated method on its object. What the method throws passes unchanged. */
final class MethodInvoker {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final MethodHandle handle; // (Object call, Object[] arguments) -> Object
    private final boolean async;

    private MethodInvoker(MethodHandle handle, boolean async) {
        this.handle = handle;
        this.async = async;
    }

    /**
     * Creates the invoker of a method.
     *
     * @param parameters the parameters, which include the positions of the call
     * @throws IllegalArgumentException if the module of the method does not open its package
     */
    static MethodInvoker of(AnnotatedMethod method, MethodParameters parameters) {
        var bound = bind(method);
        var generic = bound.asType(bound.type().generic());
        int arguments = parameters.arguments().size();
        var reordered = MethodHandles.permuteArguments(
                generic, MethodType.genericMethodType(1 + arguments), order(parameters.positions()));
        return new MethodInvoker(reordered.asSpreader(1, Object[].class, arguments), method.isAsync());
    }

    /** Calls the method and returns its result; waits for a stage to complete. */
    @Nullable
    Object invoke(@Nullable Object[] arguments, Call call) throws Exception {
        var result = invokeHandle(arguments, call);
        return async && result != null ? await((CompletionStage<?>) result) : result;
    }

    private @Nullable Object invokeHandle(@Nullable Object[] arguments, Call call) throws Exception {
        try {
            return (Object) handle.invokeExact((Object) call, arguments);
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable neither) {
            throw new UndeclaredThrowableException(neither);
        }
    }

    /** Waits on the virtual thread of the call. An interrupt, at the deadline for example, cancels the stage. */
    private static @Nullable Object await(CompletionStage<?> stage) throws Exception {
        Future<?> future = stage.toCompletableFuture();
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    private static MethodHandle bind(AnnotatedMethod method) {
        var declared = method.declared();
        open(method, declared);
        try {
            var handle = LOOKUP.unreflect(declared).asFixedArity();
            return Modifier.isStatic(declared.getModifiers()) ? handle : handle.bindTo(method.object());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void open(AnnotatedMethod method, Method declared) {
        try {
            declared.setAccessible(true);
        } catch (InaccessibleObjectException closed) {
            var server = MethodInvoker.class.getModule();
            throw method.refused("the server cannot call the method. Add to the module-info of its module: opens "
                    + declared.getDeclaringClass().getPackageName()
                    + (server.isNamed() ? " to " + server.getName() : "") + ";");
        }
    }

    private static int[] order(int[] positions) {
        var order = new int[positions.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = positions[i] == MethodParameters.CALL ? 0 : positions[i] + 1;
        }
        return order;
    }
}
