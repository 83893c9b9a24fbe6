package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Risk;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Approvals: the inbox, and what is decided but not yet in effect. */
abstract class ApprovalsContract extends StoreStage {
    private static final RunId RUN = new RunId("run_1");

    @BeforeEach
    void twoRuns() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(Samples.run("run_1", "prj_1"));
            unit.runs().create(Samples.run("run_2", "prj_1"));
        });
    }

    private void given(Approval... approvals) {
        write(unit -> List.of(approvals).forEach(unit.approvals()::create));
    }

    private static Approval.Builder approval(String id) {
        return Samples.approval(id, "run_1").toBuilder();
    }

    @Test
    void anApprovalIsReadAsItWasWritten() {
        Approval full = approval("apr_1")
                .projectId(new ProjectId("prj_1"))
                .attempt(3)
                .kind(ApprovalKind.TOOL)
                .risk(Risk.HIGH)
                .payload(Json.object("tool", "rm", "args", List.of("-rf")))
                .status(ApprovalStatus.EDITED)
                .edited(Json.object("tool", "ls"))
                .decidedBy("ada")
                .decidedAt(Samples.at(5))
                .comment("rather this")
                .effectAt(Samples.at(6))
                .updatedAt(Samples.at(6))
                .build();
        given(approval("apr_1").build());
        write(unit -> unit.approvals().update(full, Samples.T0));

        assertThat(read((StoreView view) -> view.approvals().get(new ApprovalId("apr_1"))))
                .isEqualTo(full);
    }

    @Test
    void theRiskiestComesFirstThenTheOldest() {
        given(
                approval("apr_low").risk(Risk.LOW).build(),
                approval("apr_late").risk(Risk.HIGH).createdAt(Samples.at(9)).build(),
                approval("apr_medium").build(),
                approval("apr_b").risk(Risk.HIGH).build(),
                approval("apr_a").risk(Risk.HIGH).build());

        assertThat(walk(2, page -> read(view -> view.approvals().list(ApprovalFilter.PENDING, page))))
                .extracting(approval -> approval.id().value())
                .containsExactly("apr_a", "apr_b", "apr_late", "apr_medium", "apr_low");
        assertThat(read(StoreView::overview).pendingApprovals()).isEqualTo(5);
    }

    @Test
    void pendingOnesAreFoundByRunAndKind() {
        Approval pending = approval("apr_1").build();
        Approval review = approval("apr_2")
                .kind(ApprovalKind.REVIEW)
                .createdAt(Samples.at(1))
                .build();
        given(
                review,
                pending,
                approval("apr_3")
                        .kind(ApprovalKind.START)
                        .status(ApprovalStatus.APPROVED)
                        .build(),
                Samples.approval("apr_4", "run_2"));

        assertThat(read((StoreView view) -> view.approvals().pendingOf(RUN))).containsExactly(pending, review);
        assertThat(read((StoreView view) -> view.approvals().pendingOf(RUN, ApprovalKind.REVIEW)))
                .contains(review);
        assertThat(read((StoreView view) -> view.approvals().pendingOf(RUN, ApprovalKind.START)))
                .isEmpty();
    }

    @Test
    void decidedOnesWithoutEffectComeOldestDecisionFirst() {
        given(
                approval("apr_pending").build(),
                decided("apr_2", 2).build(),
                decided("apr_1", 1).createdAt(Samples.at(1)).build(),
                decided("apr_3", 3).status(ApprovalStatus.REJECTED).build(),
                decided("apr_done", 0).effectAt(Samples.at(9)).build());

        assertThat(read((StoreView view) -> view.approvals().withoutEffect(10)))
                .extracting(approval -> approval.id().value())
                .containsExactly("apr_1", "apr_2", "apr_3");
        assertThat(read((StoreView view) -> view.approvals().withoutEffect(2))).hasSize(2);
    }

    private static Approval.Builder decided(String id, long second) {
        return approval(id).status(ApprovalStatus.APPROVED).decidedBy("ada").decidedAt(Samples.at(second));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFilterFindsWhatItSaysInOrder(long seed) {
        Random random = new Random(seed);
        List<Approval> all =
                IntStream.range(0, 60).mapToObj(i -> any(random, i)).toList();
        write(unit -> all.forEach(unit.approvals()::create));
        List<Approval> ordered = all.stream()
                .sorted(Comparator.comparing(Approval::risk)
                        .reversed()
                        .thenComparing(Approval::createdAt)
                        .thenComparing(approval -> approval.id().value()))
                .toList();

        for (int i = 0; i < 40; i++) {
            ApprovalFilter filter = anyFilter(random);
            int limit = 1 + random.nextInt(20);
            assertThat(walk(limit, page -> read(view -> view.approvals().list(filter, page))))
                    .as("%s, %s at a time", filter, limit)
                    .isEqualTo(ordered.stream()
                            .filter(approval -> matches(filter, approval))
                            .toList());
        }
    }

    private static Approval any(Random random, int number) {
        return Samples.approval("apr_" + number, "run_" + (1 + random.nextInt(2))).toBuilder()
                .projectId(random.nextBoolean() ? new ProjectId("prj_1") : null)
                .kind(ApprovalKind.values()[random.nextInt(3)])
                .status(ApprovalStatus.values()[random.nextInt(5)])
                .risk(Risk.values()[random.nextInt(3)])
                .createdAt(Samples.at(random.nextInt(20)))
                .build();
    }

    private static ApprovalFilter anyFilter(Random random) {
        return ApprovalFilter.builder()
                .status(random.nextBoolean() ? ApprovalStatus.values()[random.nextInt(5)] : null)
                .kind(random.nextInt(3) == 0 ? ApprovalKind.values()[random.nextInt(4)] : null)
                .runId(random.nextInt(3) == 0 ? new RunId("run_" + (1 + random.nextInt(3))) : null)
                .projectId(random.nextInt(3) == 0 ? new ProjectId("prj_1") : null)
                .build();
    }

    private static boolean matches(ApprovalFilter filter, Approval approval) {
        return fits(filter.status(), approval.status())
                && fits(filter.kind(), approval.kind())
                && fits(filter.runId(), approval.runId())
                && fits(filter.projectId(), approval.projectId());
    }

    private static boolean fits(@Nullable Object wanted, @Nullable Object given) {
        return wanted == null || Objects.equals(wanted, given);
    }
}
