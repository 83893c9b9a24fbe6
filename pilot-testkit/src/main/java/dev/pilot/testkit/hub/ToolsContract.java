package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetRule;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.api.run.GrantScope;
import dev.pilot.api.run.GrantTerms;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.ToolGrant;
import dev.pilot.api.run.ToolVerdict;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which tools a run may use: allow-lists, approvals, and what is remembered of them. */
public abstract class ToolsContract extends HubContract {
    private static final ToolCall PUSH = ToolCall.builder("git.push")
            .target("pilot/one")
            .arguments(Json.object("force", false))
            .build();

    /** For subclasses. */
    protected ToolsContract() {}

    private record Held(RunStage stage, Run run) {
        Lease lease() {
            return RunStage.leaseOf(run);
        }
    }

    private Held running(String tool, String... askTools) {
        return running(stage(), tool, askTools);
    }

    private Held running(RunStage stage, String tool, String... askTools) {
        pilot().runs()
                .create(stage.run()
                        .profile(RunProfile.command(List.of("true")).toBuilder()
                                .tools(List.of(tool))
                                .build())
                        .policy(RunPolicy.builder().askTools(List.of(askTools)).build())
                        .build());
        return new Held(stage, stage.claim().run());
    }

    private ToolAnswer use(Held held, ToolCall call) {
        return pilot().work().tool(held.lease(), call);
    }

    private Approval asked(Held held, ToolCall call) {
        ToolAnswer answer = use(held, call);
        assertThat(answer.verdict()).as(answer.toString()).isEqualTo(ToolVerdict.ASKED);
        assertThat(answer.code()).isEqualTo("approval-pending");
        return Objects.requireNonNull(answer.approval());
    }

    private void allowed(String code, ToolAnswer answer) {
        assertThat(answer.verdict()).as(answer.toString()).isEqualTo(ToolVerdict.ALLOWED);
        assertThat(answer.code()).isEqualTo(code);
    }

    private void denied(String code, ToolAnswer answer) {
        assertThat(answer.verdict()).as(answer.toString()).isEqualTo(ToolVerdict.DENIED);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).isNotBlank();
    }

    private Run now(Held held) {
        return pilot().runs().get(held.run().id());
    }

    private List<String> told(Held held) {
        return events(new EventFilter(null, held.run().id(), null, "tool")).stream()
                .map(event -> event.data().text("verdict") + " " + event.data().text("code"))
                .toList();
    }

    @Test
    void whatTheListNamesIsAllowedCountedAndTold() {
        Held held = running("git.push");

        allowed("allowed", use(held, PUSH));

        assertThat(now(held).usage().toolCalls()).isEqualTo(1);
        assertThat(now(held).state()).isEqualTo(RunState.RUNNING);
        assertThat(told(held)).containsExactly("allowed allowed");
    }

    @Test
    void whatIsAllowedAndWhatIsDeniedIsOnRecord() {
        Held held = running("git.push");
        allowed("allowed", use(held, PUSH));
        denied("tool-unknown", use(held, ToolCall.builder("rm").build()));

        AuditFilter filter = AuditFilter.builder()
                .runId(held.run().id())
                .kind(AuditKind.TOOL)
                .oldestFirst(true)
                .build();
        assertThat(pilot().audit().list(filter, PageRequest.first()).items())
                .extracting(event -> event.decision().wire() + " " + event.target() + " " + event.reason() + " "
                        + event.data().text("tool"))
                .containsExactly("allowed pilot/one allowed git.push", "denied rm tool-unknown rm");
    }

    @Test
    void whatTheListDoesNotNameIsDeniedAndTold() {
        Held held = running("git.pull");

        denied("tool-unknown", use(held, PUSH));

        assertThat(now(held).usage().toolCalls()).isZero();
        assertThat(now(held).state()).isEqualTo(RunState.RUNNING);
        assertThat(told(held)).containsExactly("denied tool-unknown");
    }

    @Test
    void aListMaySayWhatAToolIsUsedOn() {
        Held held = running("git.push:pilot/*");

        allowed("allowed", use(held, PUSH));
        denied("target-not-allowed", use(held, PUSH.toBuilder().target("main").build()));
        denied("target-not-allowed", use(held, PUSH.toBuilder().target(null).build()));
        denied(
                "target-not-allowed",
                use(held, PUSH.toBuilder().target("pilot/../main").build()));
        assertThat(told(held))
                .containsExactly(
                        "allowed allowed",
                        "denied target-not-allowed",
                        "denied target-not-allowed",
                        "denied target-not-allowed");
    }

    @Test
    void whatThePolicyWantsAskedIsAskedOnceAndThenRemembered() {
        Held held = running("git.push", "git.push");

        Approval asked = asked(held, PUSH);
        assertThat(asked.kind()).isEqualTo(ApprovalKind.TOOL);
        assertThat(asked.payload().text("tool")).isEqualTo("git.push");
        assertThat(now(held).state()).isEqualTo(RunState.BLOCKED);
        assertThat(asked(held, PUSH).id()).as("the same question").isEqualTo(asked.id());
        pilot().approvals().decide(asked.id(), Decision.approve());

        assertThat(now(held).state()).isEqualTo(RunState.RUNNING);
        allowed("granted", use(held, PUSH));
        allowed("granted", use(held, PUSH));
        assertThat(now(held).usage().toolCalls()).isEqualTo(2);
        assertThat(asked(held, PUSH.toBuilder().target("pilot/two").build()).id())
                .as("another use")
                .isNotEqualTo(asked.id());
    }

    @Test
    void whereItCannotBeToldWhetherAUseIsToBeAskedForItIs() {
        Held held = running("fs.write", "fs.write:secrets/*");
        ToolCall write = ToolCall.builder("fs.write").target("src/A.java").build();

        allowed("allowed", use(held, write));
        asked(held, write.toBuilder().target("src/../secrets/key").build());
    }

    @Test
    void aUseWithoutATargetIsAskedForWhereSomeTargetsAre() {
        Held held = running("fs.write", "fs.write:secrets/*");
        asked(held, ToolCall.builder("fs.write").build());
    }

    @Test
    void anEditNeedOnlySayWhatIsOther() {
        Held held = running("git.push", "git.push");
        Approval asked = asked(held, PUSH);
        pilot().approvals().decide(asked.id(), Decision.edit(Json.object("target", "pilot/two"), null));

        allowed("granted", use(held, PUSH.toBuilder().target("pilot/two").build()));
    }

    @Test
    void moreCallsThanTheBudgetHasAreAskedForWhereThePolicySaysSo() {
        RunStage stage = stage();
        pilot().runs()
                .create(stage.run()
                        .profile(RunProfile.command(List.of("true")).toBuilder()
                                .tools(List.of("*"))
                                .build())
                        .policy(RunPolicy.builder()
                                .onBudget(BudgetRule.INTERRUPT)
                                .build())
                        .budget(Budget.builder().toolCalls(1L).build())
                        .build());
        Held held = new Held(stage, stage.claim().run());
        allowed("allowed", use(held, PUSH));

        Approval more = asked(held, PUSH);
        assertThat(more.kind()).isEqualTo(ApprovalKind.BUDGET);
        assertThat(asked(held, PUSH).id()).isEqualTo(more.id());
        pilot().approvals().decide(more.id(), Decision.approve());

        allowed("allowed", use(held, PUSH));
    }

    @Test
    void aRejectedUseStaysRejectedForThatRun() {
        Held held = running("git.push", "git.*");
        Approval asked = asked(held, PUSH);
        pilot().approvals().decide(asked.id(), Decision.reject("not today"));

        ToolAnswer answer = use(held, PUSH);

        denied("rejected", answer);
        assertThat(answer.message()).contains("not today");
        assertThat(Objects.requireNonNull(answer.approval()).id()).isEqualTo(asked.id());
        assertThat(now(held).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void anEditedUseIsWhatIsGranted() {
        Held held = running("git.push", "git.push");
        Approval asked = asked(held, PUSH);
        pilot().approvals()
                .decide(
                        asked.id(),
                        Decision.edit(
                                Json.object("target", "pilot/two", "arguments", Json.object("force", true)), "there"));

        allowed(
                "granted",
                use(
                        held,
                        PUSH.toBuilder()
                                .target("pilot/two")
                                .arguments(Json.object("force", true))
                                .build()));
        asked(held, PUSH.toBuilder().target("pilot/three").build());
    }

    @Test
    void aGrantMayHoldForSoManyUsesOfAWholeProject() {
        Held held = running("git.push", "git.push");
        Approval asked = asked(held, PUSH);
        GrantTerms terms = GrantTerms.builder()
                .scope(GrantScope.PROJECT)
                .anyArguments(true)
                .uses(2)
                .build();
        pilot().approvals()
                .decide(
                        asked.id(),
                        Decision.builder(Verdict.APPROVE).grant(terms).build());
        ToolCall other = ToolCall.builder("git.push").target("elsewhere").build();
        allowed("granted", use(held, other));

        Held next = running(held.stage(), "git.push", "git.push");
        Held stranger = running("git.push", "git.push");
        asked(stranger, other);
        allowed("granted", use(next, other));
        asked(next, other);

        List<ToolGrant> grants = grants(held);
        assertThat(grants).hasSize(1);
        assertThat(grants.get(0).usesLeft()).isZero();
        assertThat(grants.get(0).approvalId()).isEqualTo(asked.id());
    }

    private List<ToolGrant> grants(Held held) {
        GrantFilter filter =
                GrantFilter.builder().projectId(held.run().projectId()).build();
        return walk(1, page -> pilot().approvals().grants(filter, page));
    }

    @Test
    void aGrantHoldsNoLongerThanItSays() {
        Held held = running("git.push", "git.push");
        GrantTerms terms =
                GrantTerms.builder().expiresIn(Duration.ofSeconds(10)).build();
        Approval asked = asked(held, PUSH);
        pilot().approvals()
                .decide(
                        asked.id(),
                        Decision.builder(Verdict.APPROVE).grant(terms).build());
        allowed("granted", use(held, PUSH));

        fixture().clock().advance(Duration.ofSeconds(11));

        assertThat(asked(held, PUSH).id()).isNotEqualTo(asked.id());
    }

    @Test
    void aRevokedGrantHoldsNoMore() {
        Held held = running("git.push", "git.push");
        Approval asked = asked(held, PUSH);
        pilot().approvals().decide(asked.id(), Decision.approve());
        ToolGrant grant = grants(held).get(0);

        refused(Forbidden.class, () -> fixture().as(Scope.WORKER).approvals().revoke(grant.id()));
        pilot().approvals().revoke(grant.id());

        assertThat(grants(held)).isEmpty();
        refused(NotFound.class, () -> pilot().approvals().revoke(grant.id()));
        assertThat(asked(held, PUSH).id()).isNotEqualTo(asked.id());
    }

    @Test
    void theBudgetOfToolCallsEndsThem() {
        RunStage stage = stage();
        pilot().runs()
                .create(stage.run()
                        .profile(RunProfile.command(List.of("true")).toBuilder()
                                .tools(List.of("*"))
                                .build())
                        .policy(RunPolicy.builder().maxAttempts(1).build())
                        .budget(Budget.builder().toolCalls(2L).build())
                        .build());
        Held held = new Held(stage, stage.claim().run());
        allowed("allowed", use(held, PUSH));
        allowed("allowed", use(held, PUSH));

        denied("budget-exceeded", use(held, PUSH));

        assertThat(now(held).state()).isEqualTo(RunState.FAILED);
        refused(LeaseLost.class, () -> use(held, PUSH));
    }

    @Test
    void aUseThatMakesNoSenseIsRefused() {
        Held held = running("git.push");
        invalid("tool", () -> use(held, ToolCall.builder(" ").build()));
        invalid(
                "target",
                () -> use(held, PUSH.toBuilder().target("x".repeat(2_001)).build()));
        assertThat(told(held)).isEmpty();
    }
}
