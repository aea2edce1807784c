package io.breakwater.core.presentation.codec;

import io.breakwater.server.schema.InvalidSchemaException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Creates and reads records by reflection, and rethrows the exceptions of their own code. */
final class RecordReflection {
    private RecordReflection() {}

    /** Returns the constructor that takes all components in their order. */
    static Constructor<?> constructor(Class<?> record) {
        var components = record.getRecordComponents();
        var types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            return record.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a private constructor or method accessible, which the module must allow. */
    static void open(AccessibleObject part, Class<?> record) {
        try {
            part.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            var reader = RecordReflection.class.getModule();
            throw new InvalidSchemaException(
                    record.getSimpleName() + " cannot be accessed. Add to the module-info of its module: opens "
                            + record.getPackageName()
                            + (reader.isNamed() ? " to " + reader.getName() + ";" : ";"),
                    e);
        }
    }

    /**
     * Creates a record. An {@code IllegalArgumentException} of its constructor is a violation by the caller; any other
     * exception is a bug of the tool.
     */
    static Object create(Constructor<?> constructor, @Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException violation && violation.getMessage() != null) {
                throw new BindingException(violation.getMessage());
            }
            throw thrown(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static @Nullable Object call(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (InvocationTargetException e) {
            throw thrown(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException thrown(InvocationTargetException wrapper) {
        var cause = wrapper.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException bug ? bug : new IllegalStateException(cause);
    }
}
