package dev.pilot.core.access;

import static dev.pilot.api.access.Scope.ADMIN;
import static dev.pilot.api.access.Scope.AGENT;
import static dev.pilot.api.access.Scope.OPERATOR;
import static dev.pilot.api.access.Scope.WORKER;
import static dev.pilot.core.access.Act.ACTION;
import static dev.pilot.core.access.Act.CHANGE;
import static dev.pilot.core.access.Act.DECISION;
import static dev.pilot.core.access.Act.LOOK;
import static dev.pilot.core.access.Act.REPORT;
import static dev.pilot.core.access.Realm.HELD;
import static dev.pilot.core.access.Realm.HUB;
import static dev.pilot.core.access.Realm.PROJECT;
import static dev.pilot.core.access.Realm.SHARED;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.value.Named;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may do what: the one table of use-cases and scopes. Each use-case asks its row before anything else; so embedding, HTTP and
 * whatever door comes next give the same answers.
 */
public enum Permission implements Named {
    /** See what the hub is, how it fares and how much it keeps. */
    SEE_HUB(LOOK, SHARED, "HubSystem: meta health overview", all()),

    /** See projects, what they count up to and what they used. */
    SEE_PROJECTS(LOOK, PROJECT, "Projects: get list stats usage", all()),
    /** Create projects. */
    CREATE_PROJECTS(CHANGE, HUB, "Projects: createOrFind", planners()),
    /** Put all projects into an order. */
    ORDER_PROJECTS(CHANGE, HUB, "Projects: reorder", planners()),
    /** Change and delete projects. */
    CHANGE_PROJECTS(CHANGE, PROJECT, "Projects: update replace delete batch", planners()),
    /** Apply semantic actions. */
    APPLY_ACTIONS(ACTION, PROJECT, "Projects: apply", reporters()),

    /** See tasks. */
    SEE_TASKS(LOOK, PROJECT, "Tasks: get list graph", all()),
    /** Create, change and delete tasks, import plans. */
    CHANGE_TASKS(CHANGE, PROJECT, "Tasks: createOrFind update delete importPlan", planners()),

    /** See graph runs. */
    SEE_GRAPH_RUNS(LOOK, PROJECT, "GraphRuns: get list state", all()),
    /** Start graph runs, pause and cancel them. */
    STEER_GRAPH_RUNS(CHANGE, PROJECT, "GraphRuns: startOrFind pause resume retryFailed cancel", planners()),

    /** See runs, their output and artifacts, and what they wait for. */
    SEE_RUNS(LOOK, PROJECT, "Runs: get list attempts output artifacts artifact artifactContent whyWaiting", all()),
    /** Create runs for workers to carry out. */
    CREATE_RUNS(CHANGE, PROJECT, "Runs: createOrFind createAll", planners()),
    /** Register work that goes on outside of the hub (runner {@code external}). */
    REGISTER_WORK(REPORT, PROJECT, "Runs: createOrFind createAll", reporters()),
    /** Cancel and retry runs. */
    STEER_RUNS(CHANGE, PROJECT, "Runs: cancel retry", planners()),

    /** See approvals, the inbox and grants. */
    SEE_APPROVALS(LOOK, PROJECT, "Approvals: list get await inbox grants", all()),
    /** Decide approvals, accept and reject results, take grants back. */
    DECIDE(DECISION, PROJECT, "Runs: approve reject accept; Approvals: decide decideAll revoke", planners()),

    /** See events and follow them. */
    SEE_EVENTS(LOOK, PROJECT, "Events: list lastPosition follow", all()),
    /** Append events. */
    APPEND_EVENTS(REPORT, PROJECT, "Events: append", reporters()),

    /** Claim runs. */
    CLAIM_RUNS(REPORT, PROJECT, "WorkQueue: claim", workers()),
    /** Carry out runs that a worker holds. */
    CARRY_OUT_RUNS(REPORT, HELD, Permission.CARRYING_OUT, workers()),
    /** Report on outside work that one has registered. */
    REPORT_WORK(REPORT, HELD, Permission.CARRYING_OUT, reporters()),

    /** See agent profiles. */
    SEE_AGENTS(LOOK, SHARED, "Agents: get list", all()),
    /** Create, change and delete agent profiles. */
    CHANGE_AGENTS(CHANGE, HUB, "Agents: createOrFind update delete", planners()),

    /** See repositories. */
    SEE_REPOS(LOOK, SHARED, "Repos: get list", all()),
    /** Fetch what is new in repositories. */
    SYNC_REPOS(REPORT, SHARED, "Repos: sync", reporters()),
    /** Register, change and forget repositories. */
    CHANGE_REPOS(CHANGE, HUB, "Repos: createOrFind update delete", planners()),

    /** See quotas and shared budgets. */
    SEE_LIMITS(LOOK, SHARED, "Quotas: list; Budgets: list", all()),
    /** Set quotas and shared budgets. */
    CHANGE_LIMITS(CHANGE, HUB, "Quotas: set remove; Budgets: set remove", planners()),

    /** See workers. */
    SEE_WORKERS(LOOK, HUB, "Workers: list", all()),
    /** Drain workers. */
    STEER_WORKERS(CHANGE, HUB, "Workers: drain resume", planners()),

    /** Ask who one is. */
    SEE_ONESELF(LOOK, SHARED, "Account: identity", all()),
    /** Change one's password, log out. */
    CHANGE_ONESELF(REPORT, SHARED, "Account: changePassword logOut logOutEverywhere", all()),
    /** See users. */
    SEE_USERS(LOOK, SHARED, "Users: get list", admins()),
    /** Create, change and delete users, log them out. */
    CHANGE_USERS(CHANGE, SHARED, "Users: create update setPassword logOut delete", admins()),
    /** See tokens, never their text. */
    SEE_TOKENS(LOOK, SHARED, "Tokens: get list", admins()),
    /** Make tokens and revoke them. */
    CHANGE_TOKENS(CHANGE, SHARED, "Tokens: create revoke", admins()),

    /** See the record of decisions, write it out. */
    SEE_AUDIT(LOOK, SHARED, "Audit: list export", admins()),
    /** Check that nobody has changed the record of decisions. */
    CHECK_AUDIT(LOOK, HUB, "Audit: verify", admins()),
    /** Put on record what was done elsewhere. */
    RECORD_AUDIT(REPORT, PROJECT, "Audit: ingest", reporters());

    private static final String CARRYING_OUT =
            "WorkQueue: heartbeat started base publish gates ask tool append output keep use release finish";

    private final Act act;
    private final Realm realm;
    private final List<String> useCases;
    private final Set<Scope> scopes;

    /**
     * Makes a row.
     *
     * @param useCases which methods of the api ask it: {@code Interface: method method; Interface: method}
     */
    Permission(Act act, Realm realm, String useCases, Set<Scope> scopes) {
        this.act = act;
        this.realm = realm;
        this.useCases = List.of(useCases.split("; ")).stream()
                .flatMap(part -> List.of(part.substring(part.indexOf(": ") + 2).split(" ")).stream()
                        .map(method -> part.substring(0, part.indexOf(':')) + "." + method))
                .toList();
        this.scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
    }

    private static Set<Scope> all() {
        return EnumSet.allOf(Scope.class);
    }

    private static Set<Scope> admins() {
        return EnumSet.of(ADMIN);
    }

    private static Set<Scope> planners() {
        return EnumSet.of(ADMIN, OPERATOR);
    }

    private static Set<Scope> reporters() {
        return EnumSet.of(ADMIN, OPERATOR, AGENT, WORKER);
    }

    private static Set<Scope> workers() {
        return EnumSet.of(ADMIN, WORKER);
    }

    @Override
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What is done.
     *
     * @return what sort of thing it is
     */
    public Act act() {
        return act;
    }

    /**
     * Whose it is.
     *
     * @return what it is a matter of
     */
    public Realm realm() {
        return realm;
    }

    /**
     * What asks for it.
     *
     * @return the methods of the api, such as {@code Projects.get}
     */
    public List<String> useCases() {
        return useCases;
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
     * Whether a caller has it, as far as that doesn't depend on what it is done to.
     *
     * @param caller who asks
     * @return whether {@link #require} lets it pass
     */
    public boolean allows(Caller caller) {
        return !(caller.proposes() && act.isProposed())
                && !(act == DECISION && !caller.approves())
                && caller.scopes().stream().anyMatch(scopes::contains)
                && !(realm == HUB && !caller.projects().isEmpty());
    }

    /**
     * Checks a caller.
     *
     * @param caller who asks
     * @throws Forbidden if it may not: with code {@code proposes-only}, {@code may-not-decide}, {@code scope-missing} or
     *     {@code bound-to-projects}
     */
    public void require(Caller caller) {
        if (allows(caller)) {
            return;
        }
        if (caller.proposes() && act.isProposed()) {
            throw new Forbidden(
                    "proposes-only",
                    caller.name() + " may only propose changes: send them as actions, which somebody else approves.");
        }
        if (act == DECISION && !caller.approves()) {
            throw new Forbidden("may-not-decide", caller.name() + " may not decide approvals: its token says so.");
        }
        if (caller.scopes().stream().noneMatch(scopes::contains)) {
            throw new Forbidden(
                    "scope-missing",
                    "This needs the permission " + wire() + ", which " + caller.name()
                            + " does not have: use a token with one of the scopes "
                            + String.join(", ", scopes.stream().map(Scope::wire).toList()) + ".");
        }
        throw new Forbidden(
                "bound-to-projects",
                "This concerns the whole hub, and " + caller.name()
                        + " is bound to projects: use a token that is not.");
    }
}
