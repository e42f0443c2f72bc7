package io.github.camelaiflow.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** As a pool lends connections: closing gives them back. */
final class LendingSource {

    private LendingSource() {}

    /** Lends always the same connection, to one caller at a time, and others from elsewhere while it is lent. */
    static DataSource of(Connection connection, DataSource others) {
        boolean[] lent = {false};
        InvocationHandler lease = (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                lent[0] = false;
                return null;
            }
            return invoke(connection, method, arguments);
        };
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("getConnection") || lent[0]) {
                return invoke(others, method, arguments);
            }
            lent[0] = true;
            return proxy(Connection.class, lease);
        });
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
