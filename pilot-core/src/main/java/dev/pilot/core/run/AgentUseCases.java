package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Agents;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.UpdateAgent;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.Changes;
import dev.pilot.core.system.Creating;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Limits;
import dev.pilot.core.system.Versions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Agents} over the store, for one caller. */
final class AgentUseCases implements Agents {
    private static final RunProfile NO_PROFILE = RunProfile.builder().build();

    private final HubContext hub;
    private final Journal journal;
    private final Caller caller;

    /**
     * Makes them.
     *
     * @param hub what they stand on
     * @param journal writes events
     * @param caller who asks
     */
    AgentUseCases(HubContext hub, Journal journal, Caller caller) {
        this.hub = hub;
        this.journal = journal;
        this.caller = caller;
    }

    @Override
    public Created<Agent> createOrFind(CreateAgent command) {
        Permission.CHANGE_AGENTS.require(caller);
        refuseCredentials(command.profile(), command.policy());
        CreateAgent clean = hub.redaction().clean(command);
        return hub.store()
                .write(
                        "agent.create",
                        unit -> Creating.createOrFind(
                                unit,
                                "agent",
                                clean,
                                clean.id(),
                                clean.idempotencyKey(),
                                id -> unit.agents().find(new AgentId(id)),
                                () -> insert(unit, clean),
                                agent -> agent.id().value()));
    }

    private Agent insert(StoreUnit unit, CreateAgent command) {
        AgentId id = command.id() == null ? new AgentId(hub.ids().next("agt")) : command.id();
        Agent agent = new Agent(
                id,
                command.name(),
                command.role(),
                command.description(),
                command.profile(),
                command.policy(),
                command.budget(),
                command.enabled(),
                command.attributes(),
                unit.now(),
                unit.now());
        check(agent);
        unit.agents().create(agent);
        journal.created(unit, subject(id), null, agent.name());
        return agent;
    }

    @Override
    public Agent get(AgentId id) {
        Permission.SEE_AGENTS.require(caller);
        return hub.store().read(view -> view.agents().get(id));
    }

    @Override
    public Page<Agent> list(PageRequest page) {
        Permission.SEE_AGENTS.require(caller);
        return hub.store().read(view -> view.agents().list(page));
    }

    @Override
    public Agent update(AgentId id, UpdateAgent patch) {
        Permission.CHANGE_AGENTS.require(caller);
        refuseCredentials(patch.profile().value(), patch.policy().value());
        UpdateAgent clean = hub.redaction().clean(patch);
        return hub.store().write("agent.update", unit -> {
            Agent before = unit.agents().get(id);
            Versions.check("agent", id.value(), clean.ifUpdatedAt(), before.updatedAt(), before);
            Agent after = before.toBuilder()
                    .name(clean.name().apply(before.name(), ""))
                    .role(clean.role().apply(before.role()))
                    .description(clean.description().apply(before.description(), ""))
                    .profile(clean.profile().apply(before.profile(), NO_PROFILE))
                    .policy(clean.policy().apply(before.policy(), RunPolicy.NONE))
                    .budget(clean.budget().apply(before.budget(), Budget.NONE))
                    .enabled(clean.enabled().apply(before.enabled(), Boolean.TRUE))
                    .attributes(clean.attributes().apply(before.attributes(), Json.object()))
                    .build();
            check(after);
            List<String> fields = Changes.between(before, after);
            if (fields.isEmpty()) {
                return before;
            }
            Agent versioned = after.toBuilder()
                    .updatedAt(Versions.next(unit, before.updatedAt()))
                    .build();
            unit.agents().update(versioned, before.updatedAt());
            journal.updated(unit, subject(id), null, fields);
            return versioned;
        });
    }

    @Override
    public void delete(AgentId id) {
        Permission.CHANGE_AGENTS.require(caller);
        hub.store().write("agent.delete", unit -> {
            Agent agent = unit.agents().get(id);
            unit.agents().delete(id);
            unit.grants().deleteOf(id);
            journal.deleted(unit, subject(id), null, agent.name());
            return id;
        });
    }

    private void refuseCredentials(@Nullable RunProfile profile, @Nullable RunPolicy policy) {
        InputCheck check = new InputCheck();
        RunInput.refuseCredentials(check, hub.redaction(), "profile", profile);
        RunInput.refuseCredentials(check, hub.redaction(), "policy", policy);
        check.done();
    }

    private static void check(Agent agent) {
        InputCheck check = new InputCheck();
        check.name("name", agent.name());
        check.text("role", agent.role(), Limits.WORD);
        check.text("description", agent.description(), Limits.TEXT);
        RunInput.profile(check, agent.profile());
        RunInput.policy(check, agent.policy());
        check.json("attributes", agent.attributes());
        check.done();
    }

    private static Subject subject(AgentId id) {
        return new Subject("agent", id.value());
    }
}
