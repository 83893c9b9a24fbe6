package dev.pilot.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.core.access.Reach;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimWaiterTest {
    private static final ClaimRequest REQUEST =
            ClaimRequest.builder(new WorkerId("worker")).build();
    private static final List<Assignment> CLAIMED = List.of(new Assignment(
            Run.builder()
                    .id(new RunId("run_1"))
                    .projectId(new ProjectId("prj_1"))
                    .goal("goal")
                    .profile(RunProfile.builder().build())
                    .state(RunState.RUNNING)
                    .createdAt(Instant.EPOCH)
                    .updatedAt(Instant.EPOCH)
                    .build(),
            null,
            null));

    private final ClaimWaiter waiter = new ClaimWaiter(new Ask(REQUEST, Reach.ALL), true);

    @Test
    void oneWhoseTimeIsUpGoesAtOnce() {
        waiter.timeUp();
        assertThat(waiter.answer()).isCompletedWithValue(List.of());
    }

    @Test
    void whatIsBeingClaimedWhenTheTimeIsUpIsStillAnswered() {
        waiter.serve();
        waiter.timeUp();
        assertThat(waiter.answer()).isNotDone();
        assertThat(waiter.served(CLAIMED)).isTrue();
        assertThat(waiter.answer()).isCompletedWithValue(CLAIMED);
    }

    @Test
    void oneWhoseTimeIsUpMeanwhileGoesAfterALookThatFoundNothing() {
        waiter.serve();
        waiter.timeUp();
        assertThat(waiter.served(List.of())).isTrue();
        assertThat(waiter.answer()).isCompletedWithValue(List.of());
    }

    @Test
    void oneThatFoundNothingWaitsOn() {
        waiter.serve();
        assertThat(waiter.served(List.of())).isTrue();
        assertThat(waiter.answer()).isNotDone();
        waiter.timeUp();
        assertThat(waiter.answer()).isCompletedWithValue(List.of());
    }

    @Test
    void oneWithoutPatienceGoesAfterTheFirstLook() {
        ClaimWaiter hasty = new ClaimWaiter(new Ask(REQUEST, Reach.ALL), false);
        hasty.serve();
        assertThat(hasty.served(List.of())).isTrue();
        assertThat(hasty.answer()).isCompletedWithValue(List.of());
    }

    @Test
    void whatIsClaimedForOneThatWentAwayIsGivenBack() {
        waiter.serve();
        waiter.answer().cancel(false);
        assertThat(waiter.served(CLAIMED)).isFalse();
    }
}
