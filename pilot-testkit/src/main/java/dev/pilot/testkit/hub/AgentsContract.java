package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetRule;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.GoalVia;
import dev.pilot.api.run.OutputFormat;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.UpdateAgent;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a hub promises about agent profiles. */
public abstract class AgentsContract extends HubContract {
    private static final RunProfile PROFILE = RunProfile.builder()
            .runner(RunnerKind.PROCESS)
            .command(List.of("agent", "--fast"))
            .goalVia(GoalVia.FILE)
            .outputFormat(OutputFormat.JSON_LINES)
            .environment(Map.of("LANG", "C"))
            .passEnvironment(List.of("PATH"))
            .provider("provider")
            .model("model")
            .systemPrompt("be brief")
            .tools(List.of("read", "write"))
            .build();
    private static final RunPolicy POLICY = RunPolicy.builder()
            .approval(true)
            .review(true)
            .gates(List.of(RunStage.TEST_GATE))
            .maxAttempts(5)
            .onBudget(BudgetRule.INTERRUPT)
            .build();
    private static final Budget BUDGET = Budget.builder()
            .wall(Duration.ofMinutes(7))
            .tokens(1000L)
            .costMicros(5L)
            .build();

    /** For subclasses. */
    protected AgentsContract() {}

    @Test
    void aNewAgentHasDefaultsForWhatWasNotSaid() {
        Agent made = pilot().agents().create(CreateAgent.builder("agent").build());
        assertThat(made.id().value()).startsWith("agt_");
        assertThat(made.profile()).isEqualTo(RunProfile.builder().build());
        assertThat(made.policy()).isEqualTo(RunPolicy.NONE);
        assertThat(made.budget()).isEqualTo(Budget.NONE);
        assertThat(made.enabled()).isTrue();
    }

    @Test
    void everyFieldComesBackAsItWasGiven() {
        Agent made = pilot().agents().create(full().build());
        assertThat(made.name()).isEqualTo("agent");
        assertThat(made.role()).isEqualTo("backend");
        assertThat(made.description()).isEqualTo("good at it");
        assertThat(made.profile()).isEqualTo(PROFILE);
        assertThat(made.policy()).isEqualTo(POLICY);
        assertThat(made.budget()).isEqualTo(BUDGET);
        assertThat(made.attributes()).isEqualTo(Json.object("k", 1));
        assertThat(pilot().agents().get(made.id())).isEqualTo(made);
    }

    @Test
    void creatingAgainFindsAndOtherContentIsRefused() {
        for (CreateAgent command : List.of(
                full().id(new AgentId(unique("own"))).build(),
                full().idempotencyKey(unique("key")).build())) {
            Created<Agent> first = pilot().agents().createOrFind(command);
            assertThat(first.isNew()).isTrue();
            assertThat(pilot().agents().createOrFind(command)).isEqualTo(new Created<>(first.value(), false));
            refused(
                    AlreadyExists.class,
                    "already-exists",
                    () -> pilot().agents()
                            .create(command.toBuilder().name("other").build()));
        }
    }

    @Test
    void agentsAreListedByAge() {
        List<AgentId> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(pilot().agents()
                    .create(CreateAgent.builder("agent " + i).build())
                    .id());
        }
        List<AgentId> listed =
                walk(2, pilot().agents()::list).stream().map(Agent::id).toList();
        assertThat(listed).doesNotHaveDuplicates().containsSubsequence(made);
    }

    @Test
    void aPatchKeepsClearsAndSets() {
        Agent made = pilot().agents().create(full().build());
        Agent now = pilot().agents()
                .update(
                        made.id(),
                        UpdateAgent.builder()
                                .role(Edit.clear())
                                .policy(Edit.clear())
                                .enabled(Edit.set(false))
                                .budget(Edit.set(Budget.builder().toolCalls(3L).build()))
                                .build());
        assertThat(now.role()).isNull();
        assertThat(now.policy()).isEqualTo(RunPolicy.NONE);
        assertThat(now.enabled()).isFalse();
        assertThat(now.budget()).isEqualTo(Budget.builder().toolCalls(3L).build());
        assertThat(now.profile()).isEqualTo(PROFILE);
        assertThat(now.updatedAt()).isAfter(made.updatedAt());
        assertThat(pilot().agents().update(made.id(), UpdateAgent.builder().build()))
                .isEqualTo(now);
        assertThat(pilot().agents().get(made.id())).isEqualTo(now);
    }

    @Test
    void staleUpdateIsAConflictThatCarriesTheAgent() {
        Agent made = pilot().agents().create(full().build());
        Agent now = pilot().agents()
                .update(made.id(), UpdateAgent.builder().name(Edit.set("new")).build());
        Conflict error = refused(
                Conflict.class,
                "conflict",
                () -> pilot().agents()
                        .update(
                                made.id(),
                                UpdateAgent.builder()
                                        .name(Edit.set("x"))
                                        .ifUpdatedAt(made.updatedAt())
                                        .build()));
        assertThat(error.entity()).isEqualTo("agent");
        assertThat(error.current()).isEqualTo(now);
    }

    @Test
    void anUnknownAgentIsNotFound() {
        AgentId unknown = new AgentId(unique("unknown"));
        assertThat(refused(NotFound.class, () -> pilot().agents().get(unknown)).entity())
                .isEqualTo("agent");
        refused(
                NotFound.class,
                () -> pilot().agents().update(unknown, UpdateAgent.builder().build()));
        refused(NotFound.class, () -> pilot().agents().delete(unknown));
    }

    @Test
    void aRunKeepsTheProfileItWasMadeWith() {
        Agent agent = pilot().agents().create(full().build());
        Run run = pilot().runs()
                .create(CreateRun.forProject(project().id(), "goal")
                        .agentId(agent.id())
                        .build());
        assertThat(run.agentId()).isEqualTo(agent.id());
        assertThat(run.profile()).isEqualTo(PROFILE);
        assertThat(run.policy()).isEqualTo(POLICY);
        assertThat(run.budget()).isEqualTo(BUDGET);

        pilot().agents()
                .update(
                        agent.id(),
                        UpdateAgent.builder()
                                .profile(Edit.clear())
                                .policy(Edit.clear())
                                .build());
        pilot().agents().delete(agent.id());
        Run now = pilot().runs().get(run.id());
        assertThat(now.profile()).isEqualTo(PROFILE);
        assertThat(now.policy()).isEqualTo(POLICY);
        refused(NotFound.class, () -> pilot().agents().get(agent.id()));
    }

    @Test
    void whatTheRunSaysGoesBeforeWhatTheAgentSays() {
        Agent agent = pilot().agents().create(full().build());
        RunProfile own = RunProfile.command(List.of("own"));
        Run run = pilot().runs()
                .create(CreateRun.forProject(project().id(), "goal")
                        .agentId(agent.id())
                        .profile(own)
                        .policy(RunPolicy.builder().approval(true).build())
                        .build());
        assertThat(run.profile()).isEqualTo(own);
        assertThat(run.policy().review()).isFalse();
        assertThat(run.budget()).isEqualTo(BUDGET);
    }

    @Test
    void noRunIsMadeFromADisabledAgent() {
        Agent agent = pilot().agents().create(full().enabled(false).build());
        PilotException error = refused(
                PilotException.class,
                () -> pilot().runs()
                        .create(CreateRun.forProject(project().id(), "goal")
                                .agentId(agent.id())
                                .build()));
        assertThat(error).isInstanceOfAny(InvalidInput.class, NotAllowed.class);
    }

    private static CreateAgent.Builder full() {
        return CreateAgent.builder("agent")
                .role("backend")
                .description("good at it")
                .profile(PROFILE)
                .policy(POLICY)
                .budget(BUDGET)
                .attributes(Json.object("k", 1));
    }
}
