package dev.pilot.api;

import dev.pilot.api.access.Account;
import dev.pilot.api.access.Audit;
import dev.pilot.api.access.Tokens;
import dev.pilot.api.access.Users;
import dev.pilot.api.project.GraphRuns;
import dev.pilot.api.project.Projects;
import dev.pilot.api.project.Tasks;
import dev.pilot.api.repo.Repos;
import dev.pilot.api.run.Agents;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.Budgets;
import dev.pilot.api.run.Events;
import dev.pilot.api.run.Quotas;
import dev.pilot.api.run.Runs;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.api.run.Workers;
import dev.pilot.api.system.HubSystem;

/**
 * The hub as a caller sees it. There are two implementations: {@code PilotHub} in process and {@code PilotClient} over HTTP; code
 * written against one works with the other, errors included. It is bound to one caller. Threads may share it.
 *
 * <p>Every call may throw a {@link dev.pilot.api.error.PilotException}; asynchronous calls complete with it.
 */
public interface Pilot extends AutoCloseable {
    /**
     * Projects and the semantic actions on them.
     *
     * @return the use-cases
     */
    Projects projects();

    /**
     * Tasks and their dependency graph.
     *
     * @return the use-cases
     */
    Tasks tasks();

    /**
     * Agent profiles.
     *
     * @return the use-cases
     */
    Agents agents();

    /**
     * Runs, their output and artifacts.
     *
     * @return the use-cases
     */
    Runs runs();

    /**
     * Graph runs: a project's tasks carried out by themselves.
     *
     * @return the use-cases
     */
    GraphRuns graphs();

    /**
     * How many runs may be active at once.
     *
     * @return the use-cases
     */
    Quotas quotas();

    /**
     * What runs may use together.
     *
     * @return the use-cases
     */
    Budgets budgets();

    /**
     * Decisions that wait for a person: the inbox.
     *
     * @return the use-cases
     */
    Approvals approvals();

    /**
     * The hub's one log of what happened.
     *
     * @return the use-cases
     */
    Events events();

    /**
     * The worker's side of runs: claim, heartbeat, write, finish.
     *
     * @return the use-cases
     */
    WorkQueue work();

    /**
     * The workers.
     *
     * @return the use-cases
     */
    Workers workers();

    /**
     * Repositories.
     *
     * @return the use-cases
     */
    Repos repos();

    /**
     * Who logs in with a password.
     *
     * @return the use-cases
     */
    Users users();

    /**
     * The tokens that the hub keeps.
     *
     * @return the use-cases
     */
    Tokens tokens();

    /**
     * Who is asking.
     *
     * @return the use-cases
     */
    Account account();

    /**
     * The record of decisions.
     *
     * @return the use-cases
     */
    Audit audit();

    /**
     * What the hub is and how it fares.
     *
     * @return the use-cases
     */
    HubSystem system();

    /** Lets go of what this object holds: the client's connections, or the hub itself where it is the hub. */
    @Override
    void close();
}
