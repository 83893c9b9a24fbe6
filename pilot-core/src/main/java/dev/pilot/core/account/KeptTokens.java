package dev.pilot.core.account;

import dev.pilot.api.access.Entrance;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.Token;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoredToken;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The tokens that the hub keeps. They are found by their hash, of which nobody can guess a part. */
final class KeptTokens implements Way {
    private final ProjectStore store;
    private final Recent<StoredToken> recent;
    private final TokenUses uses;
    private final Clock clock;

    KeptTokens(ProjectStore store, Recent<StoredToken> recent, TokenUses uses, Clock clock) {
        this.store = store;
        this.recent = recent;
        this.uses = uses;
        this.clock = clock;
    }

    @Override
    public @Nullable Identity identify(String shown) {
        if (!Secrets.isWellFormed(Secrets.TOKEN, 1, shown)) {
            return null;
        }
        String hash = Secrets.hash(shown);
        StoredToken stored = recent.get(
                hash, () -> store.read(view -> view.tokens().findByHash(hash)).orElse(null));
        Instant now = clock.instant();
        if (stored == null
                || !Secrets.same(stored.hash(), hash)
                || !stored.token().holds(now)) {
            return null;
        }
        Token token = stored.token();
        uses.note(token.id(), now);
        return new Identity(
                token.rights().caller(token.name()), Entrance.TOKEN, null, token.id(), null, token.expiresAt());
    }
}
