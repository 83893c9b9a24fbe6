package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import java.util.Set;

/**
 * Who is asking: part of every call, never ambient.
 *
 * @param name who, as it stands in events and decisions
 * @param scopes what they may do
 * @param proposes whether what they would change only becomes a proposal, which somebody else approves
 */
public record Caller(String name, Set<Scope> scopes, boolean proposes) {
    /** The program that embeds the hub: may do everything. */
    public static final Caller EMBEDDED = of("embedded", Scope.ADMIN);

    /**
     * Copies the scopes.
     *
     * @throws InvalidInput if something is absent
     */
    public Caller {
        InvalidInput.required(name, "name");
        scopes = Set.copyOf(InvalidInput.required(scopes, "scopes"));
    }

    /**
     * Somebody who acts by himself.
     *
     * @param name who
     * @param scope what they may do
     * @return the caller
     */
    public static Caller of(String name, Scope scope) {
        return new Caller(name, Set.of(scope), false);
    }
}
