package dev.pilot.core.account;

import dev.pilot.api.access.Identity;
import org.jspecify.annotations.Nullable;

/** A way to come in: knows one kind of token. Threads may share it. */
interface Way {
    /**
     * Finds out who shows a token.
     *
     * @param shown what is shown
     * @return who it is, or null if it is none of this kind or no longer holds
     */
    @Nullable
    Identity identify(String shown);
}
