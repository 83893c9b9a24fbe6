package dev.pilot.e2e.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A connection over which the database explains each statement, with the values that it is asked with, before it answers it. */
final class ExplainedConnection {
    private final Connection connection;
    private final String explain;
    private final BiConsumer<String, String> plans;

    private ExplainedConnection(Connection connection, String explain, BiConsumer<String, String> plans) {
        this.connection = connection;
        this.explain = explain;
        this.plans = plans;
    }

    /**
     * Makes one.
     *
     * @param connection what it goes over
     * @param explain what the database wants before a statement to explain it
     * @param plans gets each statement and how it is answered
     */
    static Connection of(Connection connection, String explain, BiConsumer<String, String> plans) {
        ExplainedConnection explained = new ExplainedConnection(connection, explain, plans);
        return (Connection) Proxy.newProxyInstance(
                ExplainedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> explained.called(method, arguments));
    }

    private @Nullable Object called(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        Object answer = call(connection, method, arguments);
        if (!method.getName().equals("prepareStatement") || arguments == null) {
            return answer;
        }
        String sql = String.valueOf(arguments[0]);
        PreparedStatement explaining = connection.prepareStatement(explain + sql);
        return Proxy.newProxyInstance(
                ExplainedConnection.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, each, values) -> {
                    if (each.getName().startsWith("set") && values != null && values.length > 1) {
                        Object unused = call(explaining, each, values); // a value
                    } else if (each.getName().startsWith("execute")) {
                        plans.accept(sql, plan(explaining));
                    }
                    return call(Objects.requireNonNull(answer), each, values);
                });
    }

    private static String plan(PreparedStatement explaining) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (ResultSet rows = explaining.executeQuery()) {
            int last = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                steps.add(rows.getString(last));
            }
        }
        return String.join("\n", steps);
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw Objects.requireNonNull(thrown.getCause());
        }
    }
}
