package dev.pilot.core.system;

import dev.pilot.api.value.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields differ between two states of an entity. */
public final class Changes {
    private static final Set<String> LEFT_OUT = Set.of("updatedAt");

    private Changes() {}

    /**
     * Compares two states.
     *
     * @param before the state before
     * @param after the state after, of the same type
     * @return the names of the fields that differ, the version aside
     */
    public static List<String> between(Record before, Record after) {
        RecordWalk walk = RecordWalk.of(before);
        @Nullable Object[] old = walk.values(before);
        @Nullable Object[] now = walk.values(after);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < old.length; i++) {
            if (!LEFT_OUT.contains(walk.names().get(i)) && !Objects.equals(old[i], now[i])) {
                names.add(walk.names().get(i));
            }
        }
        return names;
    }

    /**
     * What an {@code updated} event says.
     *
     * @param names the names of the fields that differ
     * @return the event's data
     */
    public static Json.Obj data(List<String> names) {
        return Json.object("fields", names);
    }
}
