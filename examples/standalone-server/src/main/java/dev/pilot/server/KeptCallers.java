package dev.pilot.server;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.User;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;

/** Those whom a hub lets in by what it keeps itself, not by its configuration. */
final class KeptCallers {
    /** Who has more that don't hold sets a token of the configuration. */
    private static final int PAGES = 20;

    private KeptCallers() {}

    /** Whether there is a user who is enabled, or a token that holds. */
    static boolean any(Pilot hub, Instant now) {
        return any(hub.users()::list, User::enabled) || any(hub.tokens()::list, token -> token.holds(now));
    }

    private static <T> boolean any(Function<PageRequest, Page<T>> list, Predicate<T> holds) {
        PageRequest wanted = PageRequest.first(PageRequest.MAX_LIMIT);
        for (int i = 0; i < PAGES; i++) {
            Page<T> page = list.apply(wanted);
            if (page.items().stream().anyMatch(holds)) {
                return true;
            }
            String next = page.next();
            if (next == null) {
                return false;
            }
            wanted = wanted.after(next);
        }
        return false;
    }
}
