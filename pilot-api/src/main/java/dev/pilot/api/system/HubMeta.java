package dev.pilot.api.system;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a hub is and can do.
 *
 * @param name always {@code pilot}
 * @param version the program's version
 * @param hubId the id of this hub's data
 * @param epoch the name of its event log; another one after a restore
 * @param now the hub's time
 * @param enums the names that each enum on the wire has
 * @param actions the semantic actions that are supported
 * @param limits the limits in force, by setting
 */
public record HubMeta(
        String name,
        String version,
        String hubId,
        String epoch,
        Instant now,
        Map<String, List<String>> enums,
        List<String> actions,
        Map<String, Long> limits) {
    /** Copies the lists. */
    public HubMeta {
        enums = Map.copyOf(enums);
        actions = List.copyOf(actions);
        limits = Map.copyOf(limits);
    }
}
