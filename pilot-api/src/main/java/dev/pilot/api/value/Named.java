package dev.pilot.api.value;

import dev.pilot.api.error.InvalidInput;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An enum whose constants have a fixed name outside Java: on the wire, in the store, in the docs. */
public interface Named {
    /**
     * The fixed name.
     *
     * @return the name, the same for ever
     */
    String wire();

    /**
     * Finds the constant with a name.
     *
     * @param <E> the enum
     * @param type the enum
     * @param name the name
     * @param field the field to blame
     * @return the constant
     * @throws InvalidInput if no constant has that name; it lists those there are
     */
    static <E extends Enum<E> & Named> E parse(Class<E> type, String name, String field) {
        for (E constant : type.getEnumConstants()) {
            if (constant.wire().equals(name)) {
                return constant;
            }
        }
        throw InvalidInput.of(
                field,
                "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Named::wire)
                                .collect(Collectors.joining(", ")));
    }
}
