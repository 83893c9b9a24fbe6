package dev.pilot.core.account;

import dev.pilot.api.access.Entrance;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.User;
import dev.pilot.api.store.LiveSession;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.store.UserAccount;
import org.jspecify.annotations.Nullable;

/** The tokens of those who have logged in. What a user may do is what it may do now, whatever it was at the log-in. */
final class SessionTokens implements Way {
    private final ProjectStore store;
    private final AccessTokens tokens;
    private final Recent<LoggedIn> recent;

    /**
     * A session that goes on.
     *
     * @param session the session
     * @param account its user
     */
    record LoggedIn(LiveSession session, UserAccount account) {}

    SessionTokens(ProjectStore store, AccessTokens tokens, Recent<LoggedIn> recent) {
        this.store = store;
        this.tokens = tokens;
        this.recent = recent;
    }

    @Override
    public @Nullable Identity identify(String shown) {
        AccessTokens.Claims claims = tokens.read(shown);
        if (claims == null) {
            return null;
        }
        LoggedIn known = recent.get(claims.sessionId(), () -> store.read(view -> loggedIn(view, claims.sessionId())));
        if (known == null
                || !known.account().user().enabled()
                || !known.account().user().id().equals(claims.userId())
                || known.account().epoch() != claims.epoch()) {
            return null;
        }
        User user = known.account().user();
        return new Identity(user.caller(), Entrance.SESSION, user.id(), null, claims.sessionId(), claims.expiresAt());
    }

    private static @Nullable LoggedIn loggedIn(StoreView view, String sessionId) {
        return view.sessions()
                .find(sessionId)
                .flatMap(session -> view.users().find(session.userId()).map(account -> new LoggedIn(session, account)))
                .orElse(null);
    }
}
