package io.breakwater.adapter.postgres.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection that reports a failed validation to us. HikariCP would log its own warning and advise changing a
 * setting, although the server only restarted.
 *
 * @param connection the driver's
 * @param foundDead is run when it does not answer
 */
record CheckedConnection(Connection connection, Runnable foundDead) implements InvocationHandler {

    static Connection of(Connection connection, Runnable foundDead) {
        return (Connection) Proxy.newProxyInstance(
                CheckedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new CheckedConnection(connection, foundDead));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "setNetworkTimeout" -> connection.isClosed() ? null : passed(method, arguments);
            case "isValid" -> checked(passed(method, arguments));
            default -> passed(method, arguments);
        };
    }

    private @Nullable Object checked(@Nullable Object valid) {
        if (Boolean.FALSE.equals(valid)) {
            foundDead.run();
        }
        return valid;
    }

    private @Nullable Object passed(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
