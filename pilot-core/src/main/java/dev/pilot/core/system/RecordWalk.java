package dev.pilot.core.system;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record class taken apart and put together again: its components' names, their values, its constructor. */
final class RecordWalk {
    private static final ClassValue<RecordWalk> WALKS = new ClassValue<>() {
        @Override
        protected RecordWalk computeValue(Class<?> type) {
            return new RecordWalk(type);
        }
    };

    private final List<String> names;
    private final Method[] accessors;
    private final Constructor<?> constructor;

    private RecordWalk(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        this.names = Arrays.stream(components).map(RecordComponent::getName).toList();
        this.accessors =
                Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(type + " is a record without its constructor", impossible);
        }
    }

    static RecordWalk of(Record record) {
        return WALKS.get(record.getClass());
    }

    List<String> names() {
        return names;
    }

    @Nullable
    Object[] values(Record record) {
        @Nullable Object[] values = new Object[accessors.length];
        try {
            for (int i = 0; i < accessors.length; i++) {
                values[i] = accessors[i].invoke(record);
            }
            return values;
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new AssertionError("an accessor of a record failed", impossible);
        }
    }

    Record rebuild(@Nullable Object[] values) {
        try {
            return (Record) constructor.newInstance(values);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError("a record's constructor failed", thrown);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError("a record's constructor can't be called", impossible);
        }
    }
}
