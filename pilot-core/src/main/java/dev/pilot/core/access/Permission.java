package dev.pilot.core.access;

import static dev.pilot.api.access.Scope.ADMIN;
import static dev.pilot.api.access.Scope.AGENT;
import static dev.pilot.api.access.Scope.OPERATOR;
import static dev.pilot.api.access.Scope.READER;
import static dev.pilot.api.access.Scope.WORKER;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a use-case needs of its caller: the one table of scopes and what they allow. */
public enum Permission {
    /** Look at things. */
    READ(ADMIN, OPERATOR, AGENT, WORKER, READER),
    /** Change projects, tasks, agent profiles, repositories; create, cancel and retry runs. */
    PLAN(ADMIN, OPERATOR),
    /** Decide approvals, accept and reject results. */
    DECIDE(ADMIN, OPERATOR),
    /** Append events, apply actions, report a run of one's own. */
    REPORT(ADMIN, OPERATOR, AGENT, WORKER),
    /** Claim runs. */
    WORK(ADMIN, WORKER),
    /** Look at the record of decisions, write it out, check it. */
    AUDIT(ADMIN);

    private final Set<Scope> scopes;

    Permission(Scope first, Scope... more) {
        this.scopes = Collections.unmodifiableSet(EnumSet.of(first, more));
    }

    /**
     * Which scopes have it.
     *
     * @return the scopes
     */
    public Set<Scope> scopes() {
        return scopes;
    }

    /**
     * Checks a caller.
     *
     * @param caller who asks
     * @throws Forbidden if none of the caller's scopes has it
     */
    public void require(Caller caller) {
        if (caller.proposes() && (this == PLAN || this == DECIDE)) {
            throw new Forbidden(
                    "proposes-only",
                    caller.name() + " may only propose changes: send them as actions, which somebody else approves.");
        }
        if (this == DECIDE && !caller.approves()) {
            throw new Forbidden("may-not-decide", caller.name() + " may not decide approvals: its token says so.");
        }
        for (Scope scope : caller.scopes()) {
            if (scopes.contains(scope)) {
                return;
            }
        }
        throw new Forbidden(
                "scope-missing",
                "This needs the permission to " + name().toLowerCase(Locale.ROOT) + ", which " + caller.name()
                        + " does not have: use a token with one of the scopes "
                        + String.join(", ", scopes.stream().map(Scope::wire).toList()) + ".");
    }
}
