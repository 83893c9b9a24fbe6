package dev.pilot.core.hub;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreInfo;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.Registration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store that counts what it is asked for: each call of its records, and each item that goes in or comes out. */
final class CountingStore implements ProjectStore {
    private final ProjectStore store;
    private final AtomicLong work = new AtomicLong();
    private final AtomicLong mostInAUnit = new AtomicLong();

    CountingStore(ProjectStore store) {
        this.store = store;
    }

    /** All there was so far. */
    long work() {
        return work.get();
    }

    /** The most that one writing unit asked for. */
    long mostInAUnit() {
        return mostInAUnit.get();
    }

    @Override
    public <T> T read(Function<? super StoreView, ? extends T> reading) {
        return store.read(view -> reading.apply(counted(StoreView.class, view, new AtomicLong())));
    }

    @Override
    public <T> T write(String name, Function<? super StoreUnit, ? extends T> writing) {
        return store.write(name, unit -> {
            AtomicLong ofUnit = new AtomicLong();
            T answer = writing.apply(counted(StoreUnit.class, unit, ofUnit));
            mostInAUnit.accumulateAndGet(ofUnit.get(), Math::max);
            return answer;
        });
    }

    /** The view, whose records are counted, too. */
    private <V> V counted(Class<V> type, V view, AtomicLong ofUnit) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = call(view, method, arguments);
                    return method.getReturnType().getSimpleName().matches(".*(Reader|Records)")
                            ? records(method.getReturnType(), answer, ofUnit)
                            : answer;
                }));
    }

    private Object records(Class<?> type, Object records, AtomicLong ofUnit) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Object answer = call(records, method, arguments);
            long count = 1 + size(answer);
            for (Object argument : arguments == null ? new Object[0] : arguments) {
                count += size(argument);
            }
            work.addAndGet(count);
            ofUnit.addAndGet(count);
            return answer;
        });
    }

    private static Object call(Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw Objects.requireNonNull(thrown.getCause());
        }
    }

    private static long size(@Nullable Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.size();
        } else if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value instanceof Page<?> page ? page.items().size() : 0;
    }

    @Override
    public CompletionStage<Appended> append(List<NewEvent> events) {
        return store.append(events);
    }

    @Override
    public Registration onCommit(Runnable hint) {
        return store.onCommit(hint);
    }

    @Override
    public StoreInfo info() {
        return store.info();
    }

    @Override
    public void close() {
        store.close();
    }
}
