package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.system.Health;
import dev.pilot.api.system.HubMeta;
import dev.pilot.api.system.Overview;
import dev.pilot.api.value.Named;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a hub promises about itself. */
public abstract class SystemContract extends HubContract {
    /** For subclasses. */
    protected SystemContract() {}

    @Test
    void theHubSaysWhatItIsAndCanDo() {
        Instant before = fixture().clock().instant();
        HubMeta meta = pilot().system().meta();
        assertThat(meta.name()).isEqualTo("pilot");
        assertThat(meta.version()).isNotBlank();
        assertThat(meta.hubId()).isNotBlank();
        assertThat(meta.epoch()).isNotBlank();
        assertThat(meta.now()).isAfter(before);
        assertThat(meta.actions()).containsExactlyInAnyOrderElementsOf(names(ActionKind.values()));
        assertThat(meta.enums().values()).contains(names(RunState.values()), names(RunMove.values()));
        assertThat(meta.limits()).isNotEmpty();
        assertThat(pilot().system().meta().hubId()).isEqualTo(meta.hubId());
        assertThat(pilot().system().meta().epoch()).isEqualTo(meta.epoch());
    }

    @Test
    void aHubThatIsWellSaysSo() {
        Health health = pilot().system().health();
        assertThat(health.checks()).isNotEmpty().allMatch(Health.Check::healthy);
        assertThat(health.healthy()).isTrue();
    }

    @Test
    void theOverviewCounts() {
        Overview before = pilot().system().overview();
        RunStage stage = stage();
        pilot().tasks().create(CreateTask.builder(stage.project.id(), "task").build());
        pilot().agents().create(CreateAgent.builder("agent").build());
        stage.in(RunState.PROPOSED);
        stage.in(RunState.CANCELLED);
        Overview after = pilot().system().overview();

        assertThat(after.projects() - before.projects()).isEqualTo(1);
        assertThat(after.agents() - before.agents()).isEqualTo(1);
        assertThat(after.repos()).isEqualTo(before.repos());
        assertThat(grown(before.tasks(), after.tasks(), "todo")).isEqualTo(1);
        assertThat(grown(before.runs(), after.runs(), "PROPOSED")).isEqualTo(1);
        assertThat(grown(before.runs(), after.runs(), "CANCELLED")).isEqualTo(1);
        assertThat(after.pendingApprovals() - before.pendingApprovals()).isEqualTo(1);
        assertThat(after.lastPosition()).isGreaterThan(before.lastPosition());
    }

    private static List<String> names(Named[] values) {
        return Arrays.stream(values).map(Named::wire).toList();
    }

    private static long grown(Map<String, Long> before, Map<String, Long> after, String key) {
        return after.getOrDefault(key, 0L) - before.getOrDefault(key, 0L);
    }
}
