package dev.pilot.core.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.Scope;
import dev.pilot.core.system.AuditTrail;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of the configuration. */
final class ConfiguredTokens implements Way {
    /** Whoever shows one of them is known by its name, so nobody else may be; nor by those that stand for the hub itself on record. */
    static final Set<String> NAMES =
            Set.of("admin", "agent", "worker", "embedded", AuditTrail.HUB, "policy", "nobody", "others", "system");

    private final List<Key> keys;

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time only
    private record Key(byte[] token, Caller caller) {}

    ConfiguredTokens(String admin, @Nullable String agent, boolean agentProposes, @Nullable String worker) {
        List<Key> all = new ArrayList<>();
        all.add(new Key(admin.getBytes(UTF_8), Caller.of("admin", Scope.ADMIN)));
        if (agent != null) {
            Caller caller = Caller.of("agent", Scope.AGENT);
            all.add(new Key(agent.getBytes(UTF_8), agentProposes ? caller.proposing() : caller));
        }
        if (worker != null) {
            all.add(new Key(worker.getBytes(UTF_8), Caller.of("worker", Scope.WORKER)));
        }
        this.keys = List.copyOf(all);
    }

    @Override
    public @Nullable Identity identify(String shown) {
        byte[] bytes = shown.getBytes(UTF_8);
        Caller caller = null;
        // Every key is compared, in constant time, so that the answer's time tells nothing.
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.token(), bytes)) {
                caller = key.caller();
            }
        }
        return caller == null ? null : Identity.configured(caller);
    }
}
