package dev.pilot.core;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Account;
import dev.pilot.api.access.Audit;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Identity;
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
import dev.pilot.core.event.EventUseCases;
import dev.pilot.core.project.ProjectUseCases;
import dev.pilot.core.project.TaskUseCases;
import dev.pilot.core.repo.RepoUseCases;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.SystemUseCases;

/** The hub, bound to one caller. Closing it closes nothing: the hub is somebody else's. */
record HubPilot(
        Projects projects,
        Tasks tasks,
        Agents agents,
        Runs runs,
        GraphRuns graphs,
        Quotas quotas,
        Budgets budgets,
        Approvals approvals,
        Events events,
        WorkQueue work,
        Workers workers,
        Repos repos,
        Users users,
        Tokens tokens,
        Account account,
        Audit audit,
        HubSystem system)
        implements Pilot {
    static HubPilot of(Rooms rooms, Identity identity) {
        Caller caller = identity.caller();
        HubContext hub = rooms.hub();
        Journal journal = rooms.journal();
        return new HubPilot(
                new ProjectUseCases(hub, journal, rooms.watch(), rooms.proposals(), caller),
                new TaskUseCases(hub, journal, rooms.watch(), caller),
                rooms.runs().agents(caller),
                rooms.runs().runs(caller),
                rooms.graphs().graphs(caller),
                rooms.limits().quotas(caller),
                rooms.limits().budgets(caller),
                rooms.runs().approvals(caller),
                new EventUseCases(hub, rooms.feed(), caller),
                rooms.runs().work(caller),
                rooms.runs().workers(caller),
                new RepoUseCases(hub, journal, rooms.repos(), caller),
                rooms.accounts().users(caller),
                rooms.accounts().tokens(caller),
                rooms.accounts().account(identity),
                rooms.audits().audit(caller),
                new SystemUseCases(hub, caller));
    }

    @Override
    public void close() {
        // nothing of its own
    }
}
