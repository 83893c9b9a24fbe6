package dev.pilot.core.access;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Unauthenticated;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets in whoever shows one of the configured tokens. */
public final class TokenDoor implements Door {
    private final List<Key> keys;
    private final Function<Caller, Pilot> hub;

    private record Key(byte[] token, Caller caller) {}

    /**
     * Makes a door.
     *
     * @param hub binds the hub to a caller
     * @param admin the admin's token
     * @param agent the agents' token, or null for none
     * @param agentProposes whether what agents would change only becomes a proposal
     * @param worker the workers' token, or null for none
     */
    public TokenDoor(
            Function<Caller, Pilot> hub,
            String admin,
            @Nullable String agent,
            boolean agentProposes,
            @Nullable String worker) {
        this.hub = hub;
        List<Key> all = new ArrayList<>();
        all.add(key(admin, "admin", Scope.ADMIN, false));
        if (agent != null) {
            all.add(key(agent, "agent", Scope.AGENT, agentProposes));
        }
        if (worker != null) {
            all.add(key(worker, "worker", Scope.WORKER, false));
        }
        this.keys = List.copyOf(all);
    }

    @Override
    public Pilot admit(Credentials credentials) {
        if (credentials.token() == null || credentials.token().isEmpty()) {
            throw new Unauthenticated("Show a token: Authorization: Bearer <token>.");
        }
        byte[] shown = credentials.token().getBytes(StandardCharsets.UTF_8);
        Caller caller = null;
        // Every key is compared, in constant time, so that the answer's time tells nothing.
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.token(), shown)) {
                caller = key.caller();
            }
        }
        if (caller == null) {
            throw new Unauthenticated(
                    "The token is not known: check it, or look into admin.token in the data directory.");
        }
        return hub.apply(caller);
    }

    private static Key key(String token, String name, Scope scope, boolean proposes) {
        return new Key(
                token.getBytes(StandardCharsets.UTF_8), new Caller(name, Set.of(scope), proposes, true, Set.of()));
    }
}
