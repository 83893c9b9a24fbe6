package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import java.util.Set;

/**
 * Who is asking: part of every call, never ambient.
 *
 * @param name who, as it stands in events and decisions
 * @param scopes what they may do
 */
public record Caller(String name, Set<Scope> scopes) {
    /** The program that embeds the hub: may do everything. */
    public static final Caller EMBEDDED = new Caller("embedded", Set.of(Scope.ADMIN));

    /**
     * Copies the scopes.
     *
     * @throws InvalidInput if something is absent
     */
    public Caller {
        InvalidInput.required(name, "name");
        scopes = Set.copyOf(InvalidInput.required(scopes, "scopes"));
    }
}
