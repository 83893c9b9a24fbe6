package dev.pilot.core.account;

import dev.pilot.api.id.TokenId;
import dev.pilot.api.store.ProjectStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers which tokens were used, to be written for all of them at once now and then. Threads may share it. */
final class TokenUses {
    private static final Logger LOG = LoggerFactory.getLogger(TokenUses.class);

    private final ProjectStore store;
    private final Map<TokenId, Instant> uses = new ConcurrentHashMap<>();

    TokenUses(ProjectStore store) {
        this.store = store;
    }

    void note(TokenId id, Instant at) {
        uses.merge(id, at, (known, now) -> now.isAfter(known) ? now : known);
    }

    void write() {
        Map<TokenId, Instant> now = new HashMap<>();
        for (TokenId id : uses.keySet()) {
            Instant at = uses.remove(id);
            if (at != null) {
                now.put(id, at);
            }
        }
        if (now.isEmpty()) {
            return;
        }
        try {
            store.write("token.used", unit -> {
                unit.tokens().used(now);
                return now;
            });
        } catch (RuntimeException failure) {
            // A timer that is thrown at would never run again.
            now.forEach(this::note);
            LOG.warn("It could not be noted when tokens were last used: {}", failure.getMessage(), failure);
        }
    }
}
