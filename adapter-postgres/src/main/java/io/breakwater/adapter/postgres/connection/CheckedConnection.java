package io.breakwater.adapter.postgres.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection that reports a failed validation. Without it, HikariCP would log its own warning and advise changing a
 * setting, although the server only restarted.
 *
 * @param connection the driver's connection
 * @param onDead runs when the connection does not respond
 */
record CheckedConnection(Connection connection, Runnable onDead) implements InvocationHandler {

    static Connection of(Connection connection, Runnable onDead) {
        return (Connection) Proxy.newProxyInstance(
                CheckedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new CheckedConnection(connection, onDead));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "setNetworkTimeout" -> connection.isClosed() ? null : delegate(method, arguments);
            case "isValid" -> reportIfDead(delegate(method, arguments));
            default -> delegate(method, arguments);
        };
    }

    private @Nullable Object reportIfDead(@Nullable Object valid) {
        if (Boolean.FALSE.equals(valid)) {
            onDead.run();
        }
        return valid;
    }

    private @Nullable Object delegate(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
