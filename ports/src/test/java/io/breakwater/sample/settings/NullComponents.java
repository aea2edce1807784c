package io.breakwater.sample.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constructs settings records with null, which they must refuse with a sentence that names the component. */
public final class NullComponents {
    private NullComponents() {}

    /** Returns the components that may not be null and whose null is accepted, or refused without their name. */
    public static List<String> acceptedBy(Record... samples) {
        var accepted = new ArrayList<String>();
        for (var sample : samples) {
            for (var component : sample.getClass().getRecordComponents()) {
                var name = name(component);
                if (!mayBeNull(component) && !isRefused(sample, component, name + " must not be null.")) {
                    accepted.add(name);
                }
            }
        }
        return accepted;
    }

    private static boolean mayBeNull(RecordComponent component) {
        return component.getType().isPrimitive() || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String name(RecordComponent component) {
        var type = component.getDeclaringRecord();
        var record = type.getName().substring(type.getPackageName().length() + 1);
        return record.replace('$', '.') + "." + component.getName();
    }

    private static boolean isRefused(Record sample, RecordComponent without, String message) {
        var components = sample.getClass().getRecordComponents();
        try {
            var constructor = sample.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            constructor.newInstance(Arrays.stream(components)
                    .map(component -> component.getName().equals(without.getName()) ? null : value(sample, component))
                    .toArray());
            return false;
        } catch (InvocationTargetException e) {
            var cause = e.getCause();
            return cause != null && message.equals(cause.getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object value(Record sample, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(sample);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
