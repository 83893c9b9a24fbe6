package dev.pilot.core.audit;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.value.ItemResult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A hub whose use-cases note what they refuse for want of permission. They all are watched from here, so that one which somebody adds later
 * can't be forgotten.
 */
final class WatchedPilot {
    private final Caller caller;
    private final Refusals refusals;

    private WatchedPilot(Caller caller, Refusals refusals) {
        this.caller = caller;
        this.refusals = refusals;
    }

    static Pilot of(Pilot pilot, Caller caller, Refusals refusals) {
        return new WatchedPilot(caller, refusals).area(pilot);
    }

    private Pilot area(Pilot pilot) {
        return watched(Pilot.class, (proxy, method, arguments) -> {
            Object area = invoke(pilot, method, arguments);
            return method.getReturnType().isInterface() ? useCases(method, area) : area;
        });
    }

    private Object useCases(Method area, Object useCases) {
        return watched(area.getReturnType(), (proxy, method, arguments) -> {
            try {
                Object answer = invoke(useCases, method, arguments);
                look(area, method, answer);
                return answer;
            } catch (Forbidden refused) {
                note(area, method, refused);
                throw refused;
            }
        });
    }

    private static <T> T watched(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @SuppressWarnings("NullAway") // a method of ours answers null only where it answers nothing
    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** A refusal may also come later, or be one of several answers. */
    private void look(Method area, Method method, Object answer) {
        if (answer instanceof CompletionStage<?> stage) {
            CompletionStage<?> unused = stage.whenComplete((value, failure) -> {
                Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
                if (cause instanceof Forbidden refused) {
                    note(area, method, refused);
                }
            });
        } else if (answer instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof ItemResult<?>) {
            for (Object item : list) {
                if (item instanceof ItemResult.Refused<?> one && one.error() instanceof Forbidden refused) {
                    note(area, method, refused);
                }
            }
        }
    }

    private void note(Method area, Method method, Forbidden refused) {
        refusals.permission(caller.name(), area.getName() + "." + method.getName(), refused.code());
    }
}
