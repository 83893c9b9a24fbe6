package dev.pilot.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunMoveTest {
    @Test
    void everyStateIsReachedFromAStart() {
        assertThat(reachable(EnumSet.of(RunState.PROPOSED, RunState.QUEUED))).isEqualTo(EnumSet.allOf(RunState.class));
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void fromEveryStateTheEndIsReached(RunState state) {
        assertThat(reachable(EnumSet.of(state))).anyMatch(RunState::isFinal);
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void whatIsNotOverCanBeCancelled(RunState state) {
        assertThat(RunMove.CANCEL.isLegalFrom(state)).isEqualTo(!state.isFinal());
    }

    @Test
    void onlyARetryOrALateReportLeavesAnEnd() {
        for (RunMove move : RunMove.values()) {
            boolean leaves = move.from().stream().anyMatch(RunState::isFinal);
            assertThat(leaves).as(move.wire()).isEqualTo(move == RunMove.RETRY || move == RunMove.REVIVE);
        }
    }

    @Test
    void onlyAClaimOrALateReportGivesALeaseToARunWithoutOne() {
        for (RunMove move : RunMove.values()) {
            boolean gives = move.to().isLeased() && move.from().stream().anyMatch(state -> !state.isLeased());
            assertThat(gives).as(move.wire()).isEqualTo(move == RunMove.CLAIM || move == RunMove.REVIVE);
        }
    }

    private static Set<RunState> reachable(Set<RunState> from) {
        Set<RunState> seen = EnumSet.copyOf(from);
        Deque<RunState> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            RunState state = open.remove();
            for (RunMove move : RunMove.values()) {
                if (move.isLegalFrom(state) && seen.add(move.to())) {
                    open.add(move.to());
                }
            }
        }
        return seen;
    }
}
